// Charts are drawn one after another, those that can be seen first, so that the page answers meanwhile.
const waiting = [];
let isDrawing = false;

// ECharts lies in the page compressed; it is read once, when the first chart is wanted.
const library = (() => {
    let reading = null;
    const read = async () => {
        const packed = atob(document.getElementById("charts").textContent);
        const bytes = Uint8Array.from(packed, character => character.charCodeAt(0));
        const script = element("script");
        script.textContent = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
        document.head.append(script);
        return window.echarts;
    };
    return () => reading ??= read();
})();

// On a tab that is not shown there is no room to draw in; it is drawn when its tab is shown.
function canBeSeen(target) {
    return target.box.clientWidth > 0;
}

function draw(target, echarts) {
    const panel = target.panel;
    const { option, height, minWidth } = kinds[panel.chart.kind]({ panel, columns: chartColumns(panel), look: theme(), width: target.box.clientWidth });
    target.box.style.height = `${height}px`;
    target.box.style.minWidth = minWidth ? `${minWidth}px` : "";
    target.chart ??= echarts.init(target.box, null, { renderer: "svg" });
    target.chart.resize();
    target.chart.setOption(option, true);
    target.width = target.box.clientWidth;
    target.box.dataset.drawn = "true";
    document.documentElement.dataset.firstChart ??= performance.now().toFixed(1);
}

async function drawWaiting() {
    if (isDrawing || waiting.length === 0) return;
    isDrawing = true;
    const echarts = await library();
    while (waiting.length > 0) {
        const target = waiting.shift();
        if (canBeSeen(target)) draw(target, echarts);
        await new Promise(resolve => setTimeout(resolve));
    }
    isDrawing = false;
}

// Draws charts soon, before those that wait already.
function drawSoon(targets) {
    waiting.unshift(...targets.filter(target => !target.box.dataset.drawn && !waiting.includes(target)));
    return drawWaiting();
}

// Draws what is not drawn yet at once; for paper, which does not wait.
function drawNow(targets) {
    if (!window.echarts) return void library().then(() => drawNow(targets));
    for (const target of targets.filter(target => !target.box.dataset.drawn && canBeSeen(target))) draw(target, window.echarts);
}

// Draws again what is drawn: the theme or the room has changed.
function redraw(targets) {
    for (const target of targets.filter(target => target.box.dataset.drawn)) {
        if (canBeSeen(target)) draw(target, window.echarts);
        else delete target.box.dataset.drawn;
    }
}

// Draws again what has more or less room than it was drawn for.
function fit(targets) {
    redraw(targets.filter(target => canBeSeen(target) && target.box.clientWidth !== target.width));
}

// A box for a chart: an image to those who hear the page, with the table below it for the figures.
function chartBox(panel, targets) {
    const box = attributes(element("div", `chart chart-${panel.chart.kind}`), { role: "img", "aria-label": `${panel.title}. ${panel.text}` });
    targets.push({ box, panel });
    return scrollable("chart-scroll", `Chart: ${panel.title}`, box);
}
