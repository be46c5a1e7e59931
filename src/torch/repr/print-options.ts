/** `torch.set_printoptions` (torch/_tensor_str.py). */

export interface PrintOptions {
  /** Digits behind the point. */
  readonly precision: number;
  /** Elements from which only the edges are shown. */
  readonly threshold: number;
  /** Items shown at either edge of an axis. */
  readonly edgeitems: number;
  /** Characters of a line. */
  readonly linewidth: number;
  /** Exponents always or never; `null` where the values decide. */
  readonly sciMode: boolean | null;
}

export const defaultPrintOptions: PrintOptions = {
  precision: 4,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 80,
  sciMode: null,
};

/** By name; none of them says anything of exponents. */
export const printProfiles: Readonly<Record<string, PrintOptions>> = {
  default: defaultPrintOptions,
  short: { ...defaultPrintOptions, precision: 2, edgeitems: 2 },
  full: { ...defaultPrintOptions, threshold: Number.POSITIVE_INFINITY },
};

/** The options after `set_printoptions(profile=profile, **given)`. Whatever is called, `sci_mode` is set anew. */
export function setPrintOptions(
  current: PrintOptions,
  given: Partial<PrintOptions>,
  profile?: string,
): PrintOptions {
  const base =
    profile !== undefined && Object.hasOwn(printProfiles, profile) ? printProfiles[profile] : current;
  return { ...base, sciMode: null, ...given };
}
