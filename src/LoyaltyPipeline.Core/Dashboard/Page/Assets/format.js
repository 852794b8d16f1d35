// What values look like, the same wherever the page is opened.
const states = {
    o: { word: "sound", symbol: "✓", name: "ok" },
    w: { word: "look", symbol: "!", name: "warning" },
    b: { word: "failed", symbol: "✗", name: "bad" },
    u: { word: "unknown", symbol: "?", name: "unknown" },
};
const noState = { word: "no result", symbol: "·", name: "none" };

const grouped = [0, 1, 2, 4].map(digits => new Intl.NumberFormat("en-US", { maximumFractionDigits: digits }));
const share = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const shareClose = new Intl.NumberFormat("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

// With a real minus sign, which is as wide as a digit and is not taken for a hyphen.
function withMinus(text) {
    return text.replace(/^-/, "−");
}

function formatNumber(value) {
    const size = Math.abs(value);
    return withMinus(grouped[Number.isInteger(value) ? 0 : size >= 1000 ? 1 : size >= 1 ? 2 : 3].format(value));
}

function formatShare(value) {
    const size = Math.abs(value);
    return `${withMinus((size !== 0 && size < 0.001 ? shareClose : share).format(value * 100))} %`;
}

// A cell in words; null is a dash, so that an empty cell is not taken for a broken one.
function formatCell(value, kind) {
    if (value === null) return "–";
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (kind === "share" && typeof value === "number") return formatShare(value);
    if (typeof value === "number") return formatNumber(value);
    return String(value);
}

// A value in a chart's words, with its unit.
function formatValue(value, column) {
    const text = formatCell(value, column.kind);
    return column.unit && value !== null ? `${text} ${column.unit}` : text;
}

// A value on an axis: short.
function formatTick(value, column) {
    if (column.kind === "share") return `${withMinus(grouped[2].format(value * 100))} %`;
    return withMinus(Math.abs(value) >= 1000 ? compact.format(value) : grouped[2].format(value));
}

// A day or a time of the data as milliseconds; both are UTC.
function toInstant(text) {
    return Date.parse(text.length > 10 ? `${text.replace(" ", "T")}Z` : `${text}T00:00:00Z`);
}

function isTimed(column) {
    return column.kind === "day" || column.kind === "time";
}

// An instant as the data would write it.
function formatInstant(instant, kind) {
    const text = new Date(instant).toISOString();
    return kind === "day" ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

// The same, as short as the places along an axis are.
function shortInstant(text, kind) {
    const day = new Date(toInstant(text)).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
    return kind === "day" ? day : `${day} ${text.slice(11, 16)}`;
}

// A strip in words: how many of each, and how long the newest state has held.
function describeStrip(text) {
    const letters = [...text];
    const counts = Object.entries(states)
        .map(([letter, state]) => [letters.filter(each => each === letter).length, state.word])
        .filter(([count]) => count > 0)
        .map(([count, word]) => `${count} ${word}`);
    const newest = letters.at(-1);
    const held = letters.length - 1 - letters.findLastIndex(each => each !== newest);
    return `${letters.length} results, oldest first: ${counts.join(", ") || "none"}; the newest ${held === 1 ? "is" : `${held} are`} ${(states[newest] ?? noState).word}`;
}
