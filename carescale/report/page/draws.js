// Draws of the figures with a range: the points, shapes and summaries of carescale/uncertainty, for each change anew.

const draws = page.draws, DRAWS = draws.slices * draws.size;

// The points of a source: each slice once through its cells, in the order that its rounds give.
const permuted = (cell, rounds) => {
  const mask = draws.size - 1, width = Math.log2(draws.size), first = Math.max(1, width >> 1), second = Math.max(1, Math.floor(width / 3));
  for (let turn = 0; turn < rounds.length; turn += 2) {
    cell = (Math.imul(cell, rounds[turn]) + rounds[turn + 1]) & mask;
    cell ^= cell >> first;
    cell = Math.imul(cell, 0x9E3779B1) & mask;
    cell ^= cell >> second;
  }
  return cell;
};
const mixed = (number, bits) => {
  number = (number + bits) >>> 0;
  for (const [shift, factor] of [[15, 0x85EBCA6B], [13, 0xC2B2AE35]]) {
    number = Math.imul(number, factor) >>> 0;
    number = (number ^ (number >>> shift)) >>> 0;
  }
  return number >>> 7;
};
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const roundsOf = (text) => text.split(" ").map((slice) => [...slice].map((letter) => LETTERS.indexOf(letter)));
const pointsOf = ([text, apart, shift]) => roundsOf(text).flatMap((rounds, slice) => Array.from({ length: draws.size }, (_, cell) => {
  const coarse = permuted(cell, rounds);
  return (coarse * draws.slices + (mixed(coarse, apart) + slice) % draws.slices + shift) / DRAWS;
}));

// Normal quantiles by Wichura's AS 241, and the distribution as their inverse.
const [[MIDDLE, SHOULDERS, TAILS], splitMiddle, middleConstant, splitTail, shoulderConstant] = draws.normal;
const ratio = ([top, bottom], at) => {
  const polynomial = (some) => some.reduce((value, one) => value * at + one, 0);
  return polynomial(top) / polynomial(bottom);
};
const quantile = (share) => {
  const off = share - 0.5;
  if (Math.abs(off) <= splitMiddle) return off * ratio(MIDDLE, middleConstant - off * off);
  const depth = Math.sqrt(-Math.log(Math.min(share, 1 - share)));
  return Math.sign(off) * (depth > splitTail ? ratio(TAILS, depth - splitTail) : ratio(SHOULDERS, depth - shoulderConstant));
};
const below = (normal) => {
  let low = 0, high = 1;
  for (let turn = 0; turn < 60; turn++) { const middle = (low + high) / 2; if (quantile(middle) < normal) low = middle; else high = middle; }
  return (low + high) / 2;
};
const valueAt = ([, , kind, centre, less, more, floor, ceiling], normal) => {
  if (kind === "limits") return limited(centre, less, more, below(normal));
  const value = centre + (normal < 0 ? less : more) * normal;
  const found = kind === "logarithm" ? Math.exp(value) : kind === "log-odds" ? 1 / (1 + Math.exp(-value)) : value;
  return Math.min(ceiling ?? Infinity, Math.max(floor ?? -Infinity, found));
};
const limited = (low, high, peak, share) => {
  const width = high - low;
  if (peak === null) return low + width * share;
  return share < (peak - low) / width ? low + Math.sqrt(share * width * (peak - low)) : high - Math.sqrt((1 - share) * width * (high - peak));
};

// The values of the figures that are not changed; those that move together do so.
const sourcePoints = draws.sources.map(pointsOf), sourceNormals = sourcePoints.map((points) => points.map(quantile));
const valuesOf = () => {
  const free = draws.figures.filter(([place]) => !changed.has(page.keys[place]));
  const moving = draws.together.map((source, at) => [source, at]).filter(([source]) => free.some((figure) => figure[1] === source));
  const rows = [], normals = new Map();
  moving.forEach(([source, at], number) => {
    const row = [];
    moving.slice(0, number).forEach(([, other], place) => {
      const rest = draws.normals[at][other] - row.reduce((sum, weight, k) => sum + weight * rows[place][k], 0);
      row.push(rows[place][place] ? rest / rows[place][place] : 0);
    });
    row.push(Math.sqrt(Math.max(0, 1 - row.reduce((sum, weight) => sum + weight * weight, 0))));
    rows.push(row);
    normals.set(source, sourceNormals[source].map((_, draw) => row.reduce((sum, weight, k) => sum + weight * sourceNormals[moving[k][0]][draw], 0)));
  });
  return free.map((figure) => {
    const [place, source, kind, low, high, peak] = figure, own = normals.get(source);
    const values = own ? own.map((normal) => valueAt(figure, normal)) : kind === "limits"
      ? sourcePoints[source].map((share) => limited(low, high, peak, share)) : sourceNormals[source].map((normal) => valueAt(figure, normal));
    return [page.keys[place], values];
  });
};

const percentile = (sorted, share) => {
  const at = (sorted.length - 1) * share, low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
};
const estimated = (values, holds) => {
  const share = (some) => some.reduce((sum, one) => sum + holds(one), 0) / some.length;
  const parts = Array.from({ length: draws.slices }, (_, slice) => share(values.slice(slice * draws.size, (slice + 1) * draws.size)));
  const mean = parts.reduce((sum, one) => sum + one, 0) / parts.length;
  const spread = Math.sqrt(parts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (parts.length - 1));
  return [share(values), draws.student * spread / Math.sqrt(parts.length)];
};
const tenths = (share) => share > 0.995 ? "almost certain" : share > 0.95 ? "more than 19 in 20" : share < 0.005 ? "almost no chance"
  : share < 0.05 ? "fewer than 1 in 20" : `about ${Math.max(1, Math.min(9, Math.round(share * 10)))} in 10`;
const chanceText = ([share, error]) => error > 0.02 ? tenths(share) : share < 0.005 ? "<1%" : share > 0.995 ? ">99%" : percentText(share);
const percentText = (share) => `${decimal(share, 2, 0)[0]}%`;

// What a result stands on: a total that mostly rests on weak parts has no interval, and says why.
const whyNone = ([, , , , , parts], moving, found) => {
  const free = (places) => places.some((place) => !changed.has(page.keys[place])), shares = new Map();
  const sizes = parts.map((place) => Math.abs(found[0][page.keys[place]])), whole = sizes.reduce((sum, one) => sum + one, 0);
  parts.forEach((place, number) => {
    const [solvedBy, doubted, ranged] = draws.parts[place];
    const why = free(solvedBy) ? "worked backwards" : free(doubted) ? "contradicted" : free(ranged) ? "" : "without a range";
    if (why) shares.set(why, (shares.get(why) ?? 0) + (whole ? sizes[number] / whole : 0));
  });
  const weakest = [...shares].reduce((most, one) => one[1] > most[1] ? one : most, ["without a range", -1]);
  const all = [...shares.values()].reduce((sum, one) => sum + one, 0);
  if (free(moving) && all <= 0.5) return "";
  return `none: ${(shares.get(weakest[0]) ?? 1) > 0.995 ? "" : "mostly "}${weakest[0]}`;
};

// Each row's draws: of the saving, and of the month in which the money is back.
const drawAll = (found) => {
  const input = inputKeys.map((key) => found[2][key]), place = (key) => inputKeys.indexOf(key);
  const values = valuesOf().map(([key, some]) => [place(key), some]).filter(([at]) => at >= 0);
  const held = Object.entries(page.held).map((pair) => pair.map(place));
  const asked = draws.rows.map((row) => [row[1], row[2]].map((at) => outputKeys.indexOf(page.keys[at])));
  const results = asked.map(() => [new Array(DRAWS), new Array(DRAWS)]);
  for (let draw = 0; draw < DRAWS; draw++) {
    for (const [at, some] of values) input[at] = some[draw];
    for (const [key, before] of held) input[key] = input[before];
    const made = program(input, page.horizon);
    asked.forEach(([saving, month], row) => { results[row][0][draw] = made[saving]; results[row][1][draw] = made[month]; });
  }
  return results;
};
const sure = (found) => {
  const all = drawAll(found);
  return draws.rows.map((row, number) => {
    const [savings, months] = all[number], [why, whyNot] = [row[3], row[4]].map((moving) => whyNone(row, moving, found));
    const sorted = Float64Array.from(savings).sort(), bears = !why && savings.every(known);
    const back = !whyNot && months.every(known);
    return {
      name: row[6], payer: row[7], given: found[0][page.keys[row[1]]], why, bears,
      ends: [0.05, 0.5, 0.95].map((share) => percentile(sorted, share)), above: estimated(savings, (one) => one > 0),
      chances: back ? Array.from({ length: page.horizon + 1 }, (_, month) => estimated(months, (one) => one <= month)) : null,
    };
  });
};

// --- as it is shown -----------------------------------------------------------------------------------------------------

const money = (value) => written(value, page.compact[0]);
const showSure = (found) => {
  if (impossible) all("[data-draw]").forEach((cell) => { cell.textContent = "–"; });
  if ($("chance")) $("chance").hidden = !!impossible;
  if (impossible) return;
  const results = sure(found);
  results.forEach(({ given, why, bears, ends: [low, middle, high], above, chances }, row) => {
    const back = draws.months.map((month) => chances?.[month] ? chanceText(chances[month]) : "–");
    const texts = [money(given), ...(bears ? [money(middle), `${money(low)}–${money(high)}`, chanceText(above)] : ["–", why || "–", "–"]), ...back];
    all("[data-draw]", $("sure").tBodies[0].rows[row]).forEach((cell, at) => { cell.textContent = texts[at]; });
  });
  if ($("chance")) showChance(results.filter(({ payer, chances }) => payer === "council" && chances).slice(-4));
};
const showChance = (drawn) => {
  $("chance").hidden = !drawn.length;
  if (!drawn.length) return;
  const [{ name, chances }] = drawn, found = chances.findIndex(([share]) => share >= 0.9), likely = found < 0 ? page.horizon : found;
  const years = [...[12, 24, 36].filter((month) => month < page.horizon), page.horizon];
  $("chance-says").textContent = `${name}: ${tenths(chances[likely][0])} to have the money back by month ${likely} (council)`;
  $("chance-told").textContent = `${name}: the chance is ${years.map((month) => `${chanceText(chances[month])} in month ${month}`).join(", ")}.`;
  const series = drawn.map((one) => ({ name: one.name, values: one.chances.map(([share]) => share), low: [], high: [] }));
  redraw("chance-drawing", (width) => drawLines({ series, mark: null, ends: [0, 1], text: percentText }, width));
  const months = [...new Set([...Array.from({ length: Math.ceil(page.horizon / 6) }, (_, at) => at * 6), page.horizon])];
  $("chance-table").tHead.rows[0].replaceChildren(...["Month", ...drawn.map((one) => one.name)].map((text, at) =>
    make("th", { scope: "col", className: at ? "" : "words", textContent: text })));
  $("chance-table").tBodies[0].replaceChildren(...months.map((month) => make("tr", {}, make("th", { scope: "row", textContent: month }),
    ...drawn.map((one) => make("td", { textContent: chanceText(one.chances[month]) })))));
};
