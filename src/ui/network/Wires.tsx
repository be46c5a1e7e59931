/** The wires between two neighbouring columns. */
import type { Extent } from '../charts/scale';
import type { ColumnBox, NetworkLayout } from './network-layout';
import type { FigureColumn } from './network-model';
import { wirePaths } from './wire-paths';

export interface WiresProps {
  readonly from: FigureColumn;
  readonly to: FigureColumn;
  readonly boxes: { readonly from: ColumnBox; readonly to: ColumnBox };
  readonly extent: Extent;
  readonly layout: NetworkLayout;
}

export function Wires({ from, to, boxes, extent, layout }: WiresProps) {
  const wires = wirePaths(from, to, boxes, extent, layout);
  const colour = from.sensitive ? 'var(--mode)' : 'var(--ink-3)';
  const thin = Math.min(1.3 * layout.sx, boxes.from.pitch * 0.3);
  // A dense fan would be a solid block: it pales with the number of its wires.
  const fade = Math.min(1, 6 / Math.sqrt(Math.max(1, wires.count)));
  const liveOpacity = wires.fan ? (from.sensitive ? 0.4 : 0.25) * fade : 0.8;
  return (
    <g fill="none">
      <path
        d={wires.live}
        stroke={colour}
        strokeWidth={wires.fan ? layout.sx : thin}
        strokeOpacity={liveOpacity}
      />
      {wires.weighted.map(({ unit, path, strength }) => (
        <path
          key={unit}
          d={path}
          stroke={colour}
          strokeWidth={(0.8 + 3.2 * strength * fade) * layout.sx}
          strokeOpacity={0.6 * fade}
        />
      ))}
      <path d={wires.zero} stroke="var(--line)" strokeWidth={thin} strokeDasharray="2 4" />
      <path d={wires.stops} stroke="var(--line-strong)" strokeWidth={1.6 * layout.sx} />
    </g>
  );
}
