using System.Globalization;
using System.Text;
using System.Xml;

namespace LoyaltyPipeline.Core.Documentation.Diagrams;

/// <summary>
/// Draws a diagram as SVG that needs nothing else, in light and dark. Widths go by the number of characters, so that the same diagram is the
/// same picture on every system.
/// </summary>
internal sealed class DiagramSvg
{
    private const int Margin = 16;
    private const int LineHeight = 18;
    private const int HeadHeight = 26;
    private const int LaneHead = 34;
    private const int BoxGap = 14;
    private const int LaneGap = 120;
    private const double CharacterWidth = 6.7;

    // How far an arrow within a lane swings out.
    private const int Swing = 60;

    private const string Style = """
        text{font:12px ui-monospace,SFMono-Regular,Consolas,monospace;fill:#1f2733}
        .lane{font-weight:600;font-size:14px;font-family:system-ui,sans-serif}.title{font-weight:600}.note{fill:#5b6675}.key{font-weight:600}
        .page{fill:#ffffff}.box{fill:#f6f8fb;stroke:#c3ccd8}.head{fill:#e4ebf5}.mine{fill:#b3261e}
        path{fill:none;stroke:#7d8ca3;stroke-opacity:.45}path.mine{stroke:#b3261e;stroke-opacity:.8;stroke-width:1.6;fill:none}
        @media (prefers-color-scheme:dark){text{fill:#e4e9f0}.note{fill:#9aa7b8}.page{fill:#12161c}.box{fill:#1a2029;stroke:#3a4657}
        .head{fill:#253041}.mine{fill:#ff8a80}path{stroke:#8fa0b8}path.mine{stroke:#ff8a80}}
        """;

    private readonly Diagram _diagram;
    private readonly Dictionary<string, (int X, int Y, int Width, Diagram.Box Box)> _places = new(StringComparer.Ordinal);
    private readonly List<int> _lanes = [];
    private int _width;
    private int _height;

    private DiagramSvg(Diagram diagram)
    {
        _diagram = diagram;
        Place();
    }

    public static string Write(Diagram diagram) => new DiagramSvg(diagram).Write();

    private void Place()
    {
        var x = Margin;
        foreach (var lane in _diagram.Lanes)
        {
            var width = lane.Boxes.Select(WidthOf).Append(WidthOf(lane.Title)).Max();
            var y = Margin + LaneHead;
            foreach (var box in lane.Boxes)
            {
                _places[box.Id] = (x, y, width, box);
                y += HeadHeight + (box.Lines.Count * LineHeight) + BoxGap;
            }

            _lanes.Add(x);
            _height = Math.Max(_height, y);
            x += width + LaneGap;
        }

        _width = x - LaneGap + Math.Max(Margin, Swing);
    }

    private string Write()
    {
        var text = new StringBuilder();
        using (var svg = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            svg.WriteAttributeString("viewBox", $"0 0 {_width} {_height}");
            svg.WriteAttributeString("width", Say(_width));
            svg.WriteAttributeString("height", Say(_height));
            svg.WriteAttributeString("role", "img");
            svg.WriteElementString("title", _diagram.Title);
            svg.WriteElementString("style", Style.ReplaceLineEndings("\n"));
            Rectangle(svg, "page", 0, 0, _width, _height);
            foreach (var (lane, x) in _diagram.Lanes.Zip(_lanes))
                Text(svg, "lane", x, Margin + 14, lane.Title);
            foreach (var arrow in _diagram.Arrows.OrderBy(arrow => arrow.IsPersonal))
                Draw(svg, arrow);
            foreach (var place in _places.Values)
                Draw(svg, place);
            svg.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Draw(XmlWriter svg, (int X, int Y, int Width, Diagram.Box Box) place)
    {
        var (x, y, width, box) = place;
        Rectangle(svg, "box", x, y, width, HeadHeight + (box.Lines.Count * LineHeight));
        Rectangle(svg, "head", x + 1, y + 1, width - 2, HeadHeight - 2);
        Text(svg, "title", x + 8, y + 17, box.Title);
        for (var index = 0; index < box.Lines.Count; index++)
        {
            var (line, at) = (box.Lines[index], y + HeadHeight + (index * LineHeight) + 13);
            Text(svg, line.IsPersonal ? "mine" : line.IsKey ? "key" : null, x + 8, at, line.Id);
            if (line.Note.Length > 0)
                Text(svg, "note", x + width - 8, at, line.Note, "end");
        }
    }

    private void Draw(XmlWriter svg, Diagram.Arrow arrow)
    {
        var (from, to) = (_places[arrow.FromBox], _places[arrow.ToBox]);
        var (startY, endY) = (MiddleOf(from, arrow.FromLine), MiddleOf(to, arrow.ToLine));
        var isForward = from.X < to.X;
        var startX = from.X + (isForward || from.X == to.X ? from.Width : 0);
        var endX = to.X + (isForward ? 0 : to.Width);
        var bend = isForward ? (endX - startX) / 2 : from.X == to.X ? Swing : (endX - startX) / 2;
        var (first, second) = (startX + bend, from.X == to.X ? endX + bend : endX - bend);
        svg.WriteStartElement("path");
        if (arrow.IsPersonal)
            svg.WriteAttributeString("class", "mine");
        svg.WriteAttributeString("d", string.Create(
            CultureInfo.InvariantCulture, $"M{startX} {startY}C{first} {startY} {second} {endY} {endX} {endY}"));
        svg.WriteEndElement();
    }

    private static int MiddleOf((int X, int Y, int Width, Diagram.Box Box) place, string line)
    {
        var index = place.Box.Lines.TakeWhile(each => each.Id != line).Count();
        return place.Y + HeadHeight + (Math.Min(index, place.Box.Lines.Count - 1) * LineHeight) + (LineHeight / 2);
    }

    private static int WidthOf(Diagram.Box box) =>
        box.Lines.Select(line => WidthOf($"{line.Id}{(line.Note.Length > 0 ? "  " : string.Empty)}{line.Note}")).Append(WidthOf(box.Title)).Max();

    private static int WidthOf(string text) => (int)Math.Ceiling((text.Length + 1) * CharacterWidth * 1.08) + 16;

    private static void Rectangle(XmlWriter svg, string kind, int x, int y, int width, int height)
    {
        svg.WriteStartElement("rect");
        svg.WriteAttributeString("class", kind);
        foreach (var (name, value) in new[] { ("x", x), ("y", y), ("width", width), ("height", height), ("rx", kind == "page" ? 0 : 4) })
            svg.WriteAttributeString(name, Say(value));
        svg.WriteEndElement();
    }

    private static void Text(XmlWriter svg, string? kind, int x, int y, string text, string? anchor = null)
    {
        svg.WriteStartElement("text");
        if (kind is not null)
            svg.WriteAttributeString("class", kind);
        svg.WriteAttributeString("x", Say(x));
        svg.WriteAttributeString("y", Say(y));
        if (anchor is not null)
            svg.WriteAttributeString("text-anchor", anchor);
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static string Say(int value) => value.ToString(CultureInfo.InvariantCulture);
}
