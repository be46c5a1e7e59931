"""Checks ONNX models with onnx's own checker: operators, types and shapes, down into subgraphs.

Usage: check_models.py FILE...
Prints one line per file: `FILE ok IR_VERSION OPSET` or the checker's complaint.
"""
import sys

import onnx

for path in sys.argv[1:]:
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        print(f"{path} ok {model.ir_version} {model.opset_import[0].version}")
    except Exception as error:
        print(f"{path} {error}")
