// What all charts have in common: colours, axes, tooltips, lines across.
const lineTypes = ["solid", "dashed", "dotted", [8, 3, 2, 3], [12, 4], [2, 2]];
const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];

// The colours of the theme that is on, from the style sheet.
function theme() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(`--${name}`).trim();
    return {
        text: colour("text"), soft: colour("soft"), line: colour("line"), card: colour("card"), bad: colour("bad"),
        series: [1, 2, 3, 4, 5, 6, 7, 8].map(number => colour(`series-${number}`)),
        heat: [1, 2, 3, 4, 5].map(number => colour(`heat-${number}`)),
        font: style.fontFamily,
    };
}

function base(look) {
    return {
        animation: false,
        useUTC: true,
        color: look.series,
        textStyle: { fontFamily: look.font, color: look.text, fontSize: 12 },
        aria: { enabled: true, label: { enabled: false } },
        grid: { left: 8, right: 16, top: 28, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    };
}

function tooltip(look, trigger, formatter) {
    return {
        trigger, formatter, renderMode: "richText", confine: true,
        backgroundColor: look.card, borderColor: look.line, borderWidth: 1, padding: 10,
        textStyle: { color: look.text, fontSize: 12, lineHeight: 18 },
        axisPointer: { type: "line", lineStyle: { color: look.soft }, crossStyle: { color: look.soft } },
    };
}

function legend(look, names) {
    return {
        show: names.length > 1, type: "scroll", top: 0, left: 0, right: 0, data: names, icon: "roundRect", itemWidth: 18, itemHeight: 10,
        textStyle: { color: look.text }, inactiveColor: look.soft, pageTextStyle: { color: look.text }, pageIconColor: look.text, pageIconInactiveColor: look.line,
    };
}

function axisLook(look) {
    return {
        axisLine: { lineStyle: { color: look.line } },
        axisTick: { show: false },
        axisLabel: { color: look.soft, hideOverlap: true },
        splitLine: { lineStyle: { color: look.line, type: [2, 4] } },
    };
}

function valueAxis(look, column) {
    const own = axisLook(look);
    return { ...own, type: "value", splitNumber: 4, axisLine: { show: false }, axisLabel: { ...own.axisLabel, formatter: value => formatTick(value, column) } };
}

function categoryAxis(look, names) {
    return { ...axisLook(look), type: "category", data: names, splitLine: { show: false } };
}

// Days and times lie on a scale of time, numbers on one of numbers; everything else has a place each.
function placeAxis(look, column, names) {
    const own = axisLook(look);
    if (isTimed(column)) {
        return { ...own, type: "time", splitLine: { show: false }, axisLabel: { ...own.axisLabel, formatter: { year: "{yyyy}", month: "{d} {MMM}", day: "{d} {MMM}", hour: "{HH}:{mm}", minute: "{HH}:{mm}", second: "{HH}:{mm}:{ss}" } } };
    }
    if (isNumeric(column)) {
        return { ...own, type: "value", scale: true, splitLine: { show: false }, axisLabel: { ...own.axisLabel, formatter: value => formatTick(value, column) } };
    }
    return { ...categoryAxis(look, names), boundaryGap: false };
}

function place(column, value) {
    return isTimed(column) && value !== null ? toInstant(value) : value;
}

function describePlace(column, value) {
    return isTimed(column) && typeof value === "number" ? formatInstant(value, column.kind) : formatCell(value, column.kind);
}

// The place of a line across among places that each have a name: its own, or the last one that is not past it.
function nearest(column, names, at) {
    const own = names.findIndex(name => String(name) === at);
    if (own >= 0) return own;
    const order = value => isTimed(column) ? toInstant(String(value)) : Number(value);
    return names.findLastIndex(name => order(name) <= order(at));
}

function markLine(look, chart, column, names, axis) {
    if (!chart.lines) return undefined;
    const at = line => names ? nearest(column, names, line.at) : isTimed(column) ? toInstant(line.at) : Number(line.at);
    const horizontal = axis === "yAxis";
    return {
        silent: true, symbol: "none",
        lineStyle: { color: look.text, type: "dashed", width: 1.5 },
        label: { color: look.text, position: horizontal ? "insideEndTop" : "end", rotate: 0, distance: horizontal ? 4 : 5, formatter: line => line.name, textBorderColor: look.card, textBorderWidth: 3 },
        data: chart.lines.map(line => ({ name: line.label, [axis]: at(line) })).filter(line => line[axis] !== -1 && line[axis] === line[axis]),
    };
}

// Rows as lines of text, one for each series, for a tooltip.
function tooltipLines(title, lines) {
    return [title, ...lines].join("\n");
}
