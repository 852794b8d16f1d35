namespace LoyaltyPipeline.Browser.Tests;

/// <summary>How well texts stand out from what is behind them.</summary>
internal static class Contrast
{
    /// <summary>
    /// Gives, for each text that can be seen, its ratio by WCAG 2, a bar, and the text. Behind a text in a heat map is its field; behind
    /// every other text in a chart is the card; texts with an outline of the card's colour stand on that.
    /// </summary>
    public const string Script =
        """
        () => {
            const parse = colour => {
                const canvas = parse.canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
                return [red, green, blue, alpha / 255];
            };
            const over = (top, below) => top.slice(0, 3).map((channel, index) => channel * top[3] + below[index] * (1 - top[3])).concat(1);
            const behind = element => {
                const layers = [];
                for (let each = element; each; each = each.parentElement) layers.unshift(parse(getComputedStyle(each).backgroundColor));
                return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
            };
            const luminance = colour => {
                const [red, green, blue] = colour.map(channel => channel / 255).map(channel => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            };
            const ratio = (one, other) => {
                const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
                return (light + 0.05) / (dark + 0.05);
            };
            const field = text => {
                if (!text.closest('.chart-heatMap')) return null;
                const at = text.getBoundingClientRect();
                const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
                const holds = box => box.left < x && x < box.right && box.top < y && y < box.bottom && box.height < 40;
                const found = [...text.closest('svg').querySelectorAll('path')].filter(path => (path.getAttribute('fill') ?? 'none') !== 'none' && holds(path.getBoundingClientRect()));
                return found.length > 0 ? parse(found[0].getAttribute('fill')) : null;
            };
            const results = [];
            const add = (text, colour, below) => results.push(`${ratio(over(colour, below), below)}|${text.trim().slice(0, 60)}`);
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const element = walk.currentNode.parentElement;
                if (!walk.currentNode.data.trim() || ['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(element.tagName)) continue;
                if (!element.checkVisibility() || element.getBoundingClientRect().width === 0) continue;
                const svgText = element.closest('text');
                if (svgText && svgText.textContent === '!') add('mark', parse(svgText.getAttribute('fill')), parse(getComputedStyle(document.documentElement).getPropertyValue('--bad')));
                else if (svgText) add(walk.currentNode.data, parse(getComputedStyle(svgText).fill), field(svgText) ?? behind(svgText.closest('.chart')));
                else add(walk.currentNode.data, parse(getComputedStyle(element).color), behind(element));
            }
            for (const input of document.querySelectorAll('input')) {
                if (input.checkVisibility()) add('placeholder', parse(getComputedStyle(input, '::placeholder').color), behind(input));
            }
            return results;
        }
        """;
}
