// The drawing of lines and steps, as carescale/charts/svg.py draws them: a test holds the two to each other.

const EDGE = 16, LABEL = 14, SMALL = 12.5, LINE = 1.3, PLOT = 280;
const [BLUE, TEAL, PLUM, GREY] = ["#12436D", "#28A197", "#801650", "#3D3D3D"];
const COLOURS = [BLUE, PLUM, TEAL, GREY], INK = "#0B0C0C", GRID = "#D9D9D9";
const NARROW = new Set("ijlI.,:;'|!()[]ft "), WIDE = new Set("mwMW@%—");

const textWidth = (text, size) =>
  size * [...text].reduce((sum, one) => sum + (NARROW.has(one) ? 0.3 : WIDE.has(one) ? 0.85 : 0.54), 0);
const roundStep = (length, most) => {
  const rough = length / most, power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough * (1 - 1e-9));
};
const axisOf = (values, start, end, most = 6, [lowest, highest] = []) => {
  const first = lowest ?? Math.min(0, ...values), last = highest ?? Math.max(0, ...values), step = roundStep(last - first > 1e-8 ? last - first : 1, most);
  const below = Math.floor(first / step + 1e-9), above = Math.max(Math.ceil(last / step - 1e-9), below + 1), ticks = [];
  for (let number = below; number <= above; number++) ticks.push(Number((number * step).toFixed(10)));
  return placed(below * step, above * step, start, end, ticks);
};
const monthsAxis = (months, start, end, most) => {
  const step = [1, 3, 6, 12, 24, 60, 120].find((some) => months / some <= most) || 240, ticks = [];
  for (let month = 0; month <= months; month += step) ticks.push(month);
  return placed(0, months, start, end, ticks);
};
const placed = (first, last, start, end, ticks) =>
  ({ ticks, end, at: (value) => start + (value - first) / (last - first || 1) * (end - start) });
const wrapped = (text, size, width) => text.split(/\s+/).filter(Boolean).reduce((lines, word) => {
  const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
  if (lines.length && textWidth(longer, size) <= width) lines[lines.length - 1] = longer; else lines.push(word);
  return lines;
}, []);
const spreadOut = (wanted, apart, first, last) => {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b]), found = [];
  const places = order.map((index) => Math.min(Math.max(wanted[index], first), last));
  for (let at = 1; at < places.length; at++) places[at] = Math.max(places[at], places[at - 1] + apart);
  for (let at = places.length - 1, limit = last; at >= 0; at--) {
    places[at] = Math.min(places[at], limit);
    limit = places[at] - apart;
  }
  order.forEach((index, at) => { found[index] = places[at]; });
  return found;
};

const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const words = (text, x, y, { size = LABEL, anchor = "start", weight = "400", fill = INK, halo = false } = {}) => !text ? "" :
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"` + (size === LABEL ? "" : ` font-size="${size}"`) +
  (anchor === "start" ? "" : ` text-anchor="${anchor}"`) + (weight === "400" ? "" : ` font-weight="${weight}"`) +
  (fill === INK ? "" : ` fill="${fill}"`) + (halo ? ' stroke="#FFFFFF" stroke-width="4" paint-order="stroke"' : "") + `>${safe(text)}</text>`;
const rule = (x1, y1, x2, y2, colour, width) => `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" ` +
  `x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"${width === 1 ? "" : ` stroke-width="${width}"`}/>`;
const box = (x, y, width, height, colour) => `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" ` +
  `width="${Math.max(width, 1).toFixed(1)}" height="${Math.max(height, 1).toFixed(1)}" fill="${colour}"/>`;
const pathOf = (points) => points.length ? "M" + points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L") : "";
const grid = (upright, left, right, text = axisMoney) => [
  `<path d="${upright.ticks.filter(Boolean).map((tick) => `M${left.toFixed(1)} ${upright.at(tick).toFixed(1)}H${right.toFixed(1)}`).join("")}" stroke="${GRID}"/>`,
  rule(left, upright.at(0), right, upright.at(0), INK, 1.5),
  ...upright.ticks.map((tick) => words(text(tick), left - 8, upright.at(tick) + LABEL * 0.35, { anchor: "end" })),
];

// Lines over months: [{name, values, low, high}], and the month to point at on the first.
const drawLines = ({ series, mark, ends = [], text = axisMoney }, width, top = 12) => {
  const bottom = top + PLOT, known = series.flatMap((one) => [...one.values, ...one.low, ...one.high]).filter((v) => v === v);
  const upright = axisOf(known, bottom, top + 8, 6, ends);
  const left = EDGE + Math.max(...upright.ticks.map((tick) => textWidth(text(tick), LABEL))) + 8;
  const over = width < 480 && series.length === 1;
  const beside = over ? 0 : Math.min(Math.max(...series.map((one) => textWidth(one.name, LABEL))) + 10, width * 0.3);
  const right = width - EDGE - beside, months = series[0].values.length - 1;
  const along = monthsAxis(months, left, right, width >= 600 ? 10 : 5);
  const points = (values) => values.map((value, month) => [along.at(month), upright.at(value)]).filter(([, y]) => y === y);
  const drawn = grid(upright, left, right, text);
  drawn.push(`<path d="${along.ticks.map((tick) => `M${along.at(tick).toFixed(1)} ${bottom.toFixed(1)}v5`).join("")}" stroke="${INK}"/>`);
  for (const tick of along.ticks) {
    drawn.push(words(String(tick), along.at(tick), bottom + 5 + LABEL * LINE, { anchor: "middle" }));
  }
  drawn.push(words("month", along.end, bottom + 7 + 2.2 * LABEL, { anchor: "end", size: SMALL }));
  series.forEach(({ values, low, high }, number) => {
    const colour = COLOURS[number % COLOURS.length];
    if (low.length) {
      drawn.push(`<path d="${pathOf([...points(high), ...points(low).reverse()])}Z" fill="${colour}" fill-opacity="0.15" ` +
        `stroke="${colour}" stroke-dasharray="2 3"/>`);
    }
    drawn.push(`<path d="${pathOf(points(values))}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`);
  });
  const places = over ? [] : series.map((one) => upright.at(one.values.filter((value) => value === value).at(-1) ?? 0));
  spreadOut(places, LABEL * LINE, top + 8, bottom).forEach((place, number) => drawn.push(
    words(series[number].name, right + 8, place + LABEL * 0.35, { fill: COLOURS[number % COLOURS.length], weight: "700" })));
  if (over) {
    const found = series[0].values.filter((value) => value === value), last = found.at(-1) ?? 0;
    const y = upright.at(last) + (last >= (found.at(-7) ?? last) ? -LABEL * 0.9 : LABEL * 1.6);
    drawn.push(words(series[0].name, right, Math.max(y, top), { anchor: "end", fill: BLUE, weight: "700", halo: true }));
  }
  if (mark !== null && series[0].values[mark] === series[0].values[mark]) {
    const x = along.at(mark), y = upright.at(series[0].values[mark]), said = `month ${mark}`;
    drawn.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="5" fill="#FFFFFF" stroke="${BLUE}" stroke-width="2.5"/>`);
    const anchor = x + textWidth(said, LABEL) > right ? "end" : "start";
    drawn.push(words(said, x + (anchor === "end" ? -10 : 10), Math.max(y + LABEL * 1.4, top + LABEL), { anchor, weight: "700" }));
  }
  return [drawn, bottom + LABEL * LINE + 20];
};

// From one total to another: [{name, amount, total, marks}].
const drawSteps = (steps, width, top = 12) => {
  let reached = 0;
  const spans = steps.map(({ amount, total }) => { const start = total ? 0 : reached; reached = start + amount; return [start, reached]; });
  const bottom = top + PLOT, upright = axisOf(spans.flat(), bottom, top + 20);
  const left = EDGE + Math.max(...upright.ticks.map((tick) => textWidth(axisMoney(tick), LABEL))) + 8;
  const each = (width - EDGE - left) / steps.length, drawn = grid(upright, left, width - EDGE);
  let lowest = bottom;
  steps.forEach(({ name, amount, total, marks }, number) => {
    const [above, below] = spans[number].map(upright.at).sort((a, b) => a - b), thickness = each * 0.68, x = left + number * each;
    const colour = total ? BLUE : amount >= 0 ? TEAL : PLUM;
    drawn.push(box(x + (each - thickness) / 2, above, thickness, below - above, colour));
    // What is too long for its place stands under a step, where nothing else does.
    const said = axisMoney(amount) + marks, under = !total && textWidth(said, SMALL) > each;
    drawn.push(words(said, x + each / 2, under ? below + SMALL : above - 5, { anchor: "middle", size: SMALL, weight: "700" }));
    wrapped(name, SMALL, each - 4).forEach((line, place) => {
      const y = bottom + SMALL * LINE * (place + 1) + 2;
      drawn.push(words(line, x + each / 2, y, { anchor: "middle", size: SMALL }));
      lowest = Math.max(lowest, y);
    });
  });
  return [drawn, lowest + 8];
};
