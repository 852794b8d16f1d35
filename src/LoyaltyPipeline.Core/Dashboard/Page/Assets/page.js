// The page: tabs, the address, themes, paper.
const tabs = model.tabs.map(tab => ({ ...tab, targets: [], isBuilt: false }));
const dark = matchMedia("(prefers-color-scheme: dark)");
let current = null;
let chosenTheme = null;

function makeTab(tab) {
    const state = states[tab.state];
    const symbol = state ? [attributes(element("span", `tab-state is-${state.name}`, state.symbol), { "aria-hidden": "true" })] : [];
    tab.button = attributes(element("button", "tab", ...symbol, element("span", null, tab.title), ...(state ? [hidden(`, ${state.word}`)] : [])), { type: "button", role: "tab", "aria-selected": "false", tabindex: "-1" });
    tab.button.id = `tab-${tab.id}`;
    tab.section = attributes(element("div", "panels"), { role: "tabpanel", "aria-labelledby": tab.button.id, tabindex: "0" });
    tab.section.id = `panels-${tab.id}`;
    tab.section.hidden = true;
    tab.button.setAttribute("aria-controls", tab.section.id);
    tab.button.addEventListener("click", () => go(tab));
    document.getElementById("tabs").append(tab.button);
    document.getElementById("main").append(tab.section);
}

function build(tab) {
    if (tab.isBuilt) return;
    tab.isBuilt = true;
    tab.section.append(element("h2", "tab-heading", tab.title), ...tab.panels.map(panel => panelCard(panel, tab.targets)));
}

function show(tab) {
    for (const each of tabs) {
        each.section.hidden = each !== tab;
        each.button.setAttribute("aria-selected", String(each === tab));
        each.button.tabIndex = each === tab ? 0 : -1;
    }
    current = tab;
    build(tab);
    fit(tab.targets);
    drawSoon(tab.targets);
}

// Shows a tab and says so in the address, where it can be copied and gone back to.
function go(tab) {
    if (tab !== current) location.hash = tab.id;
    show(tab);
}

// The address names a tab, or a panel on one; what it names otherwise is not there, and the first tab is.
function followAddress() {
    const name = location.hash.slice(1);
    const tab = tabs.find(each => each.id === name) ?? tabs.find(each => each.panels.some(panel => panel.id === name)) ?? tabs[0];
    if (tab !== current) show(tab);
    if (tab.id !== name) document.getElementById(`card-${name}`)?.scrollIntoView();
}

function moveBetweenTabs(event) {
    const at = tabs.findIndex(tab => tab.button === event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length);
    go(tab);
    tab.button.focus();
}

function allTargets() {
    return tabs.flatMap(tab => tab.targets);
}

function applyTheme() {
    const root = document.documentElement;
    const theme = root.classList.contains("paper") ? "light" : chosenTheme ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = theme;
    document.getElementById("theme").textContent = theme === "dark" ? "Light theme" : "Dark theme";
    redraw(allTargets());
}

function changeTheme() {
    chosenTheme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    applyTheme();
}

// On paper there is everything: all tabs, all tables open, all charts, drawn for the width of paper in the light theme.
function toPaper() {
    const root = document.documentElement;
    if (root.classList.contains("paper")) return;
    root.classList.add("paper");
    tabs.forEach(build);
    for (const details of document.querySelectorAll("details.data")) {
        details.dataset.wasOpen = details.open;
        details.open = true;
        fillFolded(details);
    }
    applyTheme();
    drawNow(allTargets());
}

function fromPaper() {
    document.documentElement.classList.remove("paper");
    for (const details of document.querySelectorAll("details.data")) details.open = details.dataset.wasOpen === "true";
    applyTheme();
    drawSoon(current.targets);
}

applyTheme();
tabs.forEach(makeTab);
document.getElementById("tabs").addEventListener("keydown", moveBetweenTabs);
document.getElementById("theme").addEventListener("click", changeTheme);
document.getElementById("theme").hidden = false;
dark.addEventListener("change", applyTheme);
addEventListener("hashchange", followAddress);
addEventListener("beforeprint", toPaper);
addEventListener("afterprint", fromPaper);
matchMedia("print").addEventListener("change", event => event.matches ? toPaper() : fromPaper());
new ResizeObserver(() => requestAnimationFrame(() => fit(allTargets()))).observe(document.getElementById("main"));
followAddress();
