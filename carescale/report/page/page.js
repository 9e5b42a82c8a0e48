// What the reader changes, what comes of it, and where it is kept: in the address, so that a link carries it.

const $ = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
page.keys = Object.entries(page.keys[1]).flatMap(([path, names]) => names.map((at) => [path, page.keys[0][at]].filter(Boolean).join(".")));
// The program takes numbers in an order and gives numbers in an order; here they have their keys.
const inputs = Object.fromEntries(page.inputs.map(([place, value]) => [page.keys[place], value]));
const inputKeys = Object.keys(inputs), outputKeys = page.outputs.map((place) => page.keys[place]);
const run = (input) => {
  const found = program(inputKeys.map((key) => input[key]), page.horizon), results = { ...input };
  outputKeys.forEach((key, place) => { results[key] = found[place]; });
  results["portfolio.horizon_months"] = page.horizon;
  return results;
};
const byKey = (found) => Object.fromEntries(Object.entries(found).map(([place, value]) => [page.keys[place], value]));
for (const unit in page.formats) page.formats[unit] = { ...PLAIN, ...page.formats[unit] };
page.nodes = byKey(page.why.nodes);
page.names = byKey(page.why.names);
const figures = new Map(page.figures.map(([place, unit, most, signed], number) => {
  const key = page.keys[place];
  return [key, { key, unit, most, signed, number, base: inputs[key], given: "" }];
}));
const weak = byKey(page.weak);
const named = (cell) => {
  const key = page.keys[cell.key], node = page.nodes[key];
  return { ...cell, key, unit: cell.unit ?? (node ? page.why.formulas[node[0]][1] : figures.get(key)?.unit ?? "") };
};
// What a cell is of: its key alone, with ! and the marks that stay where it has marks; or all that is said of it.
const told = (text) => {
  const [, key, marked, marks] = /^(\d+)(!?)(.*)$/.exec(text) ?? [];
  return key ? { key: Number(key), marked: marked === "!", marks } : JSON.parse(text);
};
const cells = all("[data-v]").map((element) => ({ ...named(told(element.dataset.v)), element, first: element.textContent, filed: element.textContent }));
const summary = page.summary.map(([name, cell]) => [name, named(cell)]);
let changed = new Map(), old = "", area = null, impossible = "";

// --- what comes of it -------------------------------------------------------------------------------------------------

// A figure that is solved may come to what it cannot be: then there is no result, as the command has none.
const solved = (input) => {
  impossible = "";
  for (const [key, quantity, target] of page.solves) {
    if (changed.has(key)) continue;
    const at = (value) => run({ ...input, [key]: value })[quantity], zero = at(0);
    input[key] = (target - zero) / (at(1) - zero);
    const figure = figures.get(key), [least, most] = figure ? limits(figure) : [-Infinity, Infinity];
    if (figure) figure.now = input[key];
    if (input[key] < least * (1 + 1e-9) || input[key] > most * (1 + 1e-9)) impossible = `Nothing is worked out: ${nameOf(key)} would have to be ${counted(figure, input[key])}, which it cannot be.`;
  }
  return input;
};
const product = (ends) => ends.reduce((found, both) => found.flatMap((some) => both.map((end) => [...some, end])), [[]]);
const known = (value) => value !== undefined && value === value;
const spread = (values) => values.every(known) ? [Math.min(...values), Math.max(...values)] : [NaN, NaN];
// The lowest and highest that ranged figures give a result: at every corner, or by the direction in which each moves it.
const spreadOf = (keys, at) => {
  const ends = keys.map((key) => page.ranges[key]), moved = (values) => at(Object.fromEntries(keys.map((key, place) => [key, values[place]])));
  if (keys.length <= page.few) {
    const corners = keys.length ? product(ends).map(moved) : [];
    return (pick) => corners.length ? spread(corners.map(pick)) : [NaN, NaN];
  }
  const alone = keys.map((key, place) => ends[place].map((end) => at({ [key]: end }))), found = new Map();
  const corner = (way) => {
    if (!found.has(way.join())) found.set(way.join(), moved(way.map((end, place) => ends[place][end])));
    return found.get(way.join());
  };
  return (pick) => {
    const rises = alone.map(([low, high]) => pick(low) <= pick(high));
    return spread([pick(corner(rises.map((rise) => rise ? 0 : 1))), pick(corner(rises.map((rise) => rise ? 1 : 0)))]);
  };
};
const runs = () => {
  const input = solved({ ...inputs, ...Object.fromEntries(changed) });
  for (const [key, before] of Object.entries(page.held)) input[key] = input[before];
  const ranged = Object.keys(page.ranges).filter((key) => !changed.has(key));
  return [run(input), spreadOf(ranged, (moved) => run({ ...input, ...moved })), input];
};
const ends = ([, spread], key) => {
  const [low, high] = spread((one) => one[key]);
  return known(low) && low !== high ? [low, high] : [null, null];
};
const marksOf = ({ key, marks = "", marked }) => !marked ? "" : marks +
  Object.entries(weak[key] || {}).map(([mark, whose]) => whose.every((place) => changed.has(page.keys[place])) ? "" : mark).join("");
const textOf = (cell, found) => {
  let value = found[0][cell.key];
  const [low, high] = cell.ends || cell.range ? ends(found, cell.key) : [null, null];
  if (cell.ends) return low === null ? "" : `${compactMoney(low)}–${compactMoney(high)}`;
  if (cell.month !== undefined) value = value?.[cell.month];
  if (!known(value)) return "–";
  if (!Number.isFinite(value) && cell.unit !== "month") return "–";
  if (cell.unit === "month") return monthText(value, cell.range ? low : null, cell.range ? high : null, cell) + marksOf(cell);
  return (cell.within || "{}").replace("{}", written(cell.off ? -value : value, cell.unit)) + marksOf(cell);
};

const update = () => {
  const found = runs();
  for (const cell of cells) {
    const text = impossible ? "–" : changed.size ? textOf(cell, found) : cell.first;
    if (cell.element.textContent !== text) cell.element.textContent = text;
    cell.element.classList.toggle("moved", text !== cell.first);
  }
  compare(found);
  draw(found);
  // What is solved anew as others change stands in its box as it has become.
  page.solves.forEach(([key]) => controls[[...items.keys()].indexOf(key)]?.show());
  tell();
  document.documentElement.classList.toggle("moved-on", changed.size > 0);
  drawLater(found);
  return found;
};
// Draws take longer than a frame: they follow once what was worked out is on the screen.
let waiting = 0;
const drawLater = (found) => {
  clearTimeout(waiting);
  if (page.draws) waiting = setTimeout(() => showSure(found), 0);
};

const differenceOf = (cell, [now], base) => {
  const [before, after] = [base[cell.key], now[cell.key]];
  if (!known(before) || !known(after)) return "–";
  if (!Number.isFinite(before) || !Number.isFinite(after)) return before === after ? "no change" : "–";
  const text = cell.unit === "month" ? shaped(page.any, after - before) : written(after - before, cell.unit);
  return /[1-9]/.test(text) ? (text.startsWith("−") ? text : `+${text}`) : "no change";
};
let base = null;
const compare = (found) => {
  base ??= run(inputs);
  summary.forEach(([, cell], row) => {
    const [yours, difference] = all("[data-yours]", $("compare").tBodies[0].rows[row]);
    yours.textContent = impossible ? "–" : textOf(cell, found);
    difference.textContent = impossible ? "–" : changed.size ? differenceOf(cell, found, base) : "no change";
  });
};

const redraw = (id, make) => {
  const svg = $(id), width = Math.max(300, Math.min(900, Math.floor(svg.parentElement.clientWidth))), [shapes, height] = make(width);
  svg.setAttribute("viewBox", `0 0 ${width} ${Math.round(height)}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", Math.round(height));
  svg.querySelector("g").innerHTML = impossible ? "" : shapes.join("");
};
const draw = (found = runs()) => page.drawings.forEach(({ keys, names, mark, signs, marks }, number) => redraw(`drawing-${number}`, (width) => {
  if (signs) return drawSteps(keys.map((key, at) => ({ name: names[at], amount: found[0][key] * signs[at], total: signs[at] > 0, marks: marksOf({ key: keys[at], marks: marks[at], marked: true }) })), width);
  const series = keys.map((key, at) => ({ name: names[at], values: found[0][key], low: [], high: [] }));
  const pairs = series[0].values.map((_, month) => found[1]((one) => one[keys[0]][month]));
  if (pairs.flat().every(known) && pairs.some(([low, high]) => low !== high)) {
    Object.assign(series[0], { low: pairs.map(([low]) => low), high: pairs.map(([, high]) => high) });
  }
  const month = found[0][mark];
  return drawLines({ series, mark: known(month) && month > 0 && month <= page.horizon ? month : null }, width);
}));

// --- the figures ------------------------------------------------------------------------------------------------------

const scaleOf = (figure) => figure.unit === "" ? 2 : 0;
const shown = (figure, value) => String(Number((value * 10 ** scaleOf(figure)).toPrecision(12)));
// A number as it is counted: with its unit, and as many places as it has.
const counted = (figure, value) => `${precise(value, figure.unit)} ${page.units[figure.unit].replace(/^[£%]\s*/, "")}`.trim();
// What nobody wrote by hand, as a figure that was solved, has no more places than its box has room for.
const brief = (figure, value) => { const size = value * 10 ** scaleOf(figure); return String(Number(Math.abs(size) < 1 ? size.toPrecision(4) : size.toFixed(2))); };
const valueOf = (figure, text) => Number(`${text.trim()}e-${scaleOf(figure)}`);
const limits = (figure) => [figure.signed ? (figure.unit === "" ? -1 : -Infinity) : 0, figure.most ?? Infinity];
const sliderEnds = (figure) => {
  const [least, most] = limits(figure), [low, high] = page.ranges[figure.key] ?? [];
  if (figure.unit === "" && !figure.signed) return [0, 1];
  const size = Math.max(Math.abs(figure.base), Math.abs(high ?? 0), figure.unit === "month" ? 12 : 1) * 2;
  return [Math.max(least, Math.min(0, figure.base < 0 ? -size : 0, low ?? 0)), Math.min(most, roundUpTo(size))];
};
const roundUpTo = (size) => { const step = roundStep(size, 10); return Math.ceil(size / step - 1e-9) * step; };
const stepOf = (figure) => {
  const [low, high] = sliderEnds(figure);
  if (figure.unit === "month" || figure.unit === "grade") return 1;
  return figure.unit === "" ? 0.01 : Math.max(roundStep(high - low, 100), figure.unit.startsWith("GBP/") && high < 100 ? 0.01 : figure.base % 1 ? 0.01 : 1);
};

const control = (item) => {
  const figure = figures.get(page.keys[item.dataset.figure]), [least, most] = limits(figure), [low, high] = sliderEnds(figure);
  const name = item.querySelector("em"), scale = 10 ** scaleOf(figure), step = stepOf(figure) * scale, number = figure.number, grouped = shaped({ ...PLAIN, finer: 2 }, step);
  figure.given = item.querySelector("span").textContent;
  const box = make("input", { type: "text", inputMode: "decimal", id: `box-${number}`, autocomplete: "off", className: "box" });
  const slider = make("input", { type: "range", min: low * scale, max: high * scale, step, className: "slider" });
  const less = make("button", { type: "button", textContent: `−${grouped}`, className: "step" });
  const more = make("button", { type: "button", textContent: `+${grouped}`, className: "step" });
  const reset = make("button", { type: "button", className: "reset", hidden: true, textContent: `Reset to ${figure.given}` });
  const fault = make("p", { id: `fault-${number}`, className: "fault", hidden: true });
  for (const [element, what] of [[box, ""], [slider, ", slider"], [less, ": less"], [more, ": more"], [reset, ": reset"]]) {
    element.setAttribute("aria-label", `${name.textContent}, ${page.units[figure.unit]}${what}`);
  }
  reset.setAttribute("aria-label", `Reset to ${figure.given}: ${name.textContent}`);
  box.setAttribute("aria-describedby", `source-${number} fault-${number}`);
  item.querySelector("p:not(.fault)").id = `source-${number}`;
  const put = (text, done) => {
    const value = valueOf(figure, text.replace(/[£,%\s]/g, ""));
    const wrong = text.trim() === "" || !Number.isFinite(value) || value < least || value > most;
    box.toggleAttribute("aria-invalid", false);
    fault.hidden = !wrong;
    if (wrong) {
      box.setAttribute("aria-invalid", "true");
      fault.textContent = `Not used: write a number ${most < Infinity ? `from ${shown(figure, least)} to ${shown(figure, most)}` : least === 0 ? "of 0 or more" : ""}; ` +
        `the result is still for ${counted(figure, changed.get(figure.key) ?? figure.now ?? figure.base)}.`;
      return;
    }
    if (value === figure.base) changed.delete(figure.key); else changed.set(figure.key, value);
    keep(done);
    update();
  };
  const step_ = (by) => {
    const now = changed.get(figure.key) ?? figure.now ?? figure.base;
    put(brief(figure, Math.min(most, Math.max(least, now + by * stepOf(figure)))), true);
    show();
  };
  const show = () => {
    const value = changed.get(figure.key) ?? figure.now ?? figure.base, own = changed.has(figure.key) ? shown(figure, value) : brief(figure, value);
    if (document.activeElement !== box || box.getAttribute("aria-invalid") !== "true") {
      if (valueOf(figure, box.value.replace(/[£,%\s]/g, "")) !== value || box.value === "") box.value = own;
    }
    // A slider stands where its box says, also between two of its steps.
    slider.step = Math.abs(value * scale / step - Math.round(value * scale / step)) < 1e-9 ? step : "any";
    slider.value = value * scale;
    slider.setAttribute("aria-valuetext", `${own} ${page.units[figure.unit]}`);
    reset.hidden = !changed.has(figure.key);
    item.classList.toggle("changed", changed.has(figure.key));
  };
  box.addEventListener("input", () => { put(box.value, false); show(); });
  box.addEventListener("change", () => { keep(true); });
  slider.addEventListener("input", () => {
    const now = (changed.get(figure.key) ?? figure.now ?? figure.base) * scale, to = slider.value / step;
    put(shown(figure, (slider.value > now ? Math.ceil(to - 1e-9) : Math.floor(to + 1e-9)) * step / scale), false);
    show();
  });
  slider.addEventListener("change", () => { keep(true); });
  less.addEventListener("click", () => step_(-1));
  more.addEventListener("click", () => step_(1));
  reset.addEventListener("click", () => { put(shown(figure, figure.base), true); fault.hidden = true; box.removeAttribute("aria-invalid"); box.value = ""; show(); box.focus(); });
  const unit = make("span", { className: "unit", textContent: page.units[figure.unit] });
  item.querySelector("span").replaceWith(make("div", { className: "control" }, less, box, more, unit, slider, reset), fault);
  return { show, clear: () => { fault.hidden = true; box.removeAttribute("aria-invalid"); box.value = ""; show(); } };
};

// --- another area of a table --------------------------------------------------------------------------------------------

// Takes the numbers of an area, of the first where none is named; false where there is none of that code.
const choose = (code) => {
  if (!page.areas) return !code;
  const row = page.areas.rows.find(([one]) => one === code) ?? page.areas.rows[0];
  area = row === page.areas.rows[0] ? null : row;
  page.areas.keys.forEach((key, at) => { if (key in inputs) inputs[key] = row[at + 2]; });
  base = run(inputs);
  const before = changed;
  changed = new Map();
  const found = runs();
  for (const cell of cells) cell.first = area ? textOf(cell, found) : cell.filed;
  summary.forEach(([, cell], at) => { all("td", $("compare").tBodies[0].rows[at])[0].textContent = textOf(cell, found); });
  changed = before;
  for (const [at, name] of ["code", "place"].entries()) all(`[data-${name}]`).forEach((one) => { one.textContent = row[at]; });
  $("area").value = row[0];
  return !code || row[0] === code;
};
if (page.areas) {
  $("area").append(...page.areas.rows.map(([code, name]) => make("option", { value: code, textContent: name })));
  $("area").addEventListener("change", (event) => { choose(event.target.value); keep(true); update(); });
}

// --- where it is kept -------------------------------------------------------------------------------------------------

const fullName = (item) => {
  const { full, after } = item.dataset, name = item.querySelector("em").textContent;
  return full ?? (after ? item.closest("details").querySelector("summary").textContent + after + " " + name[0].toLowerCase() + name.slice(1) : name);
};
const settings = () => [...changed].map(([key, value]) => `${key}=${value}`);
const own = () => area ? [`area=${area[0]}`] : [];
const address = () => changed.size || area ? `#${[...own(), ...settings()].join("&")}&figures=${page.digest}` : "#";
const keep = (done) => {
  if (location.hash === address() || (address() === "#" && !location.hash)) return;
  const where = changed.size || area ? address() : location.pathname + location.search;
  history[done || !history.state ? "pushState" : "replaceState"]({ kept: !done }, "", where);
};
// An address that somebody cut off in the middle of a letter is read as it stands.
const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const read = () => {
  changed = new Map();
  const unknown = [];
  old = "";
  choose("");
  for (const pair of $(location.hash.slice(1)) ? [] : decoded(location.hash.slice(1)).split("&").filter(Boolean)) {
    const [key, text] = pair.split("="), figure = figures.get(key), value = Number(text);
    if (key === "area" && page.areas) { if (!choose(text)) unknown.push(pair); continue; }
    if (key === "figures") { if (text !== page.digest) old = text; continue; }
    const [least, most] = figure ? limits(figure) : [0, 0];
    if (!figure || !text?.trim() || !Number.isFinite(value) || value < least || value > most) unknown.push(pair);
    else if (value !== figure.base) changed.set(key, value);
  }
  $("old").hidden = !old && !unknown.length;
  $("old").textContent = [old ? "This link was made when the figures or sums were others: its changes are applied to those of today." : "",
    unknown.length ? `Not used, since this page has nothing of that name or size: ${unknown.join(", ")}.` : ""].filter(Boolean).join(" ");
  controls.forEach((one) => one.clear());
  update();
};
const quoted = (text) => /^[\w.,=:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
const tell = () => {
  const list = [...changed].map(([key, value]) => {
    const figure = figures.get(key), item = items.get(key);
    return `${fullName(item)}: ${figure.given} → ${counted(figure, value)}`;
  });
  $("changes").hidden = !list.length;
  $("changes-list").replaceChildren(...list.map((text) => make("li", { textContent: text })));
  if (impossible) $("changes-list").append(make("li", { className: "fault", textContent: impossible }));
  $("reset-all").hidden = $("copy-link").hidden = $("as-filed").hidden = !list.length;
  $("command").textContent = [page.command, ...(area ? [`--area ${quoted(area[0])}`] : []), ...settings().map((one) => `--set ${quoted(one)}`)].join(" ");
  $("status").textContent = list.length ? `${list.length} ${list.length === 1 ? "figure" : "figures"} changed. ${$("answer").textContent}` : "As filed.";
};
const changedFile = () => {
  const lines = [...changed].map(([key, value]) => `  ${key}: ${value}`);
  return lines.length ? `${page.text.replace(/\n*$/, "\n")}\nsettings: # changed on the page of ${page.file}, as \`--set\` would\n${lines.join("\n")}\n` : page.text;
};
const download = () => {
  const link = make("a", { href: URL.createObjectURL(new Blob([changedFile()], { type: "text/yaml" })), download: page.file.replace(/\.ya?ml$/, "") + "-changed.yaml" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

// --- how a number comes about -------------------------------------------------------------------------------------------

const numberOf = (key, found) => {
  const node = page.nodes[key], value = found[0][key], figure = figures.get(key);
  if (Array.isArray(value)) return "month by month";
  if (!known(value)) return "not known";
  if (!node && !figure) return String(value);
  return precise(value, node ? page.why.formulas[node[0]][1] : figure.unit);
};
const precise = (value, unit) => {
  if (!Number.isFinite(value)) return `beyond month ${page.horizon}`;
  const shape = page.formats[unit.startsWith("GBP") ? "GBP" : unit] || page.any, most = shape.after ? 6 : shape.before ? 2 : 4;
  const places = (decimal(value, shape.power, most)[0].split(".")[1] || "").replace(/0+$/, "").length;
  return shaped({ ...shape, finer: 0, places: places && shape.before ? most : places }, value);
};
const nameOf = (key) => {
  const node = page.nodes[key];
  if (!node) return (items.has(key) ? fullName(items.get(key)) : page.names[key]) ?? key;
  const [which, place, name] = node, payer = page.payers[key.split(".").at(-1)], where = page.why.places[place];
  const title = page.why.formulas[which][0], inside = where && !/^[A-Z]{3}/.test(title) ? title[0].toLowerCase() + title.slice(1) : title;
  return where + (name || inside + (payer ? ` (${payer})` : ""));
};
const tree = (key, found) => {
  const node = page.nodes[key];
  if (!node) {
    const item = items.get(key), source = item?.querySelector("p:not(.fault)").textContent ?? "";
    const link = item ? [" ", make("a", { href: `#box-${figures.get(key).number}`, textContent: "change it" })] : [];
    return make("p", { className: "leaf" }, `${nameOf(key)} = ${numberOf(key, found)}${changed.has(key) ? " (yours)" : ""}. `, changed.has(key) ? "" : source, ...link);
  }
  const [which, , , ...places] = node, name = nameOf(key), inputs = places.map((place) => page.keys[place]), [, , meaning, told, sum] = page.why.formulas[which];
  const filled = (text, leaf) => text.replace(/\{(\d+)\}/g, (_, number) => leaf(inputs[number]));
  const branch = make("details", {}, make("summary", { textContent: `${name} = ${numberOf(key, found)}` }));
  branch.addEventListener("toggle", () => {
    if (branch.childElementCount > 1) return;
    branch.append(make("p", { textContent: meaning }), make("p", { className: "sum", textContent: `= ${filled(told, (one) => nameOf(one).replace(/^.*: /, ""))}` }));
    if (!inputs.some((one) => Array.isArray(found[0][one]))) branch.append(make("p", { className: "sum", textContent: `= ${filled(sum || told, (one) => numberOf(one, found))}` }));
    branch.append(...inputs.filter((one) => page.nodes[one] || figures.has(one) || page.names[one]).map((one) => tree(one, found)));
  });
  return branch;
};
const explain = () => {
  const branch = tree($("why-key").value, runs());
  branch.open = true;
  $("why-tree").replaceChildren(branch);
};

// --- all of it ------------------------------------------------------------------------------------------------------------

const items = new Map(all("[data-figure]").map((item) => [page.keys[item.dataset.figure], item]));
const controls = [...items.values()].map(control);
for (const key of Object.keys(page.nodes)) {
  if (cells.some((cell) => cell.key === key)) $("why-key").append(make("option", { value: key, textContent: nameOf(key) }));
}
$("why-key").addEventListener("change", explain);
// A way to a place on the page leaves the address to the changes.
document.addEventListener("click", (event) => {
  const target = event.target.hash && $(event.target.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  target.tabIndex = target.tabIndex < 0 ? -1 : 0;
  target.focus();
});
$("reset-all").addEventListener("click", () => { changed = new Map(); keep(true); controls.forEach((one) => one.clear()); update(); });
$("copy-link").addEventListener("click", () => navigator.clipboard.writeText(location.href).then(() => { $("status").textContent = "The link is copied."; }));
$("download").addEventListener("click", download);
$("print").addEventListener("click", () => print());
let folded = [];
addEventListener("beforeprint", () => {
  folded = all("details:not([open])");
  folded.forEach((one) => { one.open = true; });
  $("printed").textContent = `Printed on ${new Date().toLocaleDateString("en-GB", { dateStyle: "long" })}.`;
});
addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));
addEventListener("popstate", read);
addEventListener("resize", () => { draw(); drawLater(runs()); });
if (matchMedia("(max-width: 40rem)").matches) all("details.table").forEach((one) => { one.open = false; });
document.documentElement.classList.add("live");
read();
$("why-key").value = summary[1]?.[1].key ?? $("why-key").value;
explain();
Object.assign(window, { carescale: { update, runs, draw: () => page.draws && showSure(runs()), changed: () => changed, set: (values) => { changed = new Map(values); return update(); } } });
