// Numbers as the engine prints them: twelve digits mean something, and rounding is once, in decimal, half-up.

const parts = (value) => {
  const [digits, exponent] = Math.abs(value).toExponential(11).split("e");
  return [digits.replace(".", ""), Number(exponent) - 11];
};

// The digits of |value| × 10^power, rounded to so many places after the point, and whether anything but zeros is left.
const decimal = (value, power, places) => {
  const [digits, exponent] = parts(value), kept = digits.length + exponent + power + places;
  let whole = kept < 0 ? 0n : BigInt(digits.slice(0, kept).padEnd(kept, "0") || "0");
  if (kept >= 0 && kept < digits.length && digits[kept] >= "5") whole += 1n;
  const text = whole.toString().padStart(places + 1, "0"), point = text.length - places;
  const grouped = text.slice(0, point).replace(/\B(?=(\d{3})+$)/g, ",");
  return [places ? `${grouped}.${text.slice(point)}` : grouped, whole !== 0n];
};

const placesFor = (shape, value) => {
  if (!shape.finer) return shape.places;
  const [digits, exponent] = parts(value), power = exponent + shape.power;
  const size = Math.abs(value) * 10 ** shape.power;
  if (shape.large !== null && size >= shape.large) return 0;
  if (shape.large !== null) return power >= 0 || /^0*$/.test(digits.slice(power)) ? 0 : shape.finer;
  return decimal(value, shape.power, shape.finer)[0].endsWith("." + "0".repeat(shape.finer)) ? 0 : shape.finer;
};

const shaped = (shape, value) => {
  const [digits, some] = decimal(value, shape.power, placesFor(shape, value));
  return `${value < 0 && some ? "−" : ""}${shape.before}${digits}${shape.after}`;
};

const PLAIN = { before: "", after: "", power: 0, places: 0, finer: 0, large: null };
const POUNDS = { ...PLAIN, before: "£" };

const compactMoney = (value) => {
  const size = Math.abs(value);
  for (const [floor, unit, suffix] of [[999.5e6, 9, "bn"], [999.5e3, 6, "m"]]) {
    if (size >= floor) return shaped({ ...POUNDS, after: suffix, power: -unit, places: size < 9.95 * 10 ** unit ? 1 : 0 }, value);
  }
  const rounded = size >= 10000 ? toThousand(value) : value;
  return shaped(POUNDS, rounded);
};

const compactCount = (value) => shaped(PLAIN, Math.abs(value) >= 10000 ? toThousand(value) : value);

const toThousand = (value) => Math.sign(value) * 1000 * Number(decimal(value, -3, 0)[0].replaceAll(",", ""));

const written = (value, unit) => {
  if (unit === page.compact[0]) return compactMoney(value);
  if (unit === page.compact[1]) return compactCount(value);
  return shaped(page.formats[unit] || (unit.startsWith("GBP") ? page.formats.GBP : page.any), value);
};

const monthText = (value, low, high, cell) => {
  const said = (month) => Number.isFinite(month) ? shaped(page.any, month) : `beyond ${page.horizon}`;
  if (!Number.isFinite(value)) return cell.beyond || (cell.within || "{}").replace("{}", said(value));
  const ends = low === null ? "" : ` (${said(low)}–${said(high)})`;
  return (cell.within || "{}").replace("{}", `${said(value)}${ends}`);
};

// An amount beside an axis or a bar.
const axisMoney = (value) => {
  const size = Math.abs(value);
  if (size < 1e6 || decimal(value, -4, 8)[0].split(".")[1] !== "00000000") return compactMoney(value);
  const digits = decimal(value, -6, 2)[0].replace(/\.?0+$/, "");
  return `${value < 0 ? "−" : ""}£${digits}m`;
};
