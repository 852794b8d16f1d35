using System.Globalization;
using System.Net;
using System.Text;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Writes what is held of a user for people: a page without script that loads nothing.</summary>
internal sealed class SubjectPage(SubjectDocument document)
{
    // Wider tables are shown row by row, as a list of what each column says.
    private const int WidestTable = 8;

    private static readonly Lazy<string> LazyStyle = new(ReadStyle);

    private readonly StringBuilder _html = new();

    public static void Write(SubjectDocument document, Stream stream) =>
        stream.Write(Encoding.UTF8.GetBytes(new SubjectPage(document).Build()));

    private string Build()
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"What is held of user {document.UserId}");
        Line("<!DOCTYPE html>");
        Line("<html lang=\"en\">");
        Line("<head>");
        Line("<meta charset=\"utf-8\">");
        Line($"<meta name=\"generator\" content=\"{SubjectDocument.Kind}\">");
        var style = TextHash.ForContentPolicy(LazyStyle.Value);
        var policy = $"default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'";
        Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Line("<meta name=\"referrer\" content=\"no-referrer\">");
        Line("<meta name=\"color-scheme\" content=\"light dark\">");
        Line($"<title>{Encode(title)}</title>");
        Line("<link rel=\"icon\" href=\"data:,\">");
        _html.Append("<style>").Append(LazyStyle.Value).Append("</style>\n");
        Line("</head>");
        Line("<body>");
        Line($"<header><h1>{Encode(title)}</h1><p class=\"soft\">Read {Time(document.ReadAt)} UTC. {Encode(State())}</p></header>");
        Line("<main>");
        foreach (var section in document.Sections.Where(section => section.Rows.Count > 0))
            Section(section);
        Deliveries();
        Nothing();
        Line("</main>");
        Line("<footer class=\"soft\">One file, complete in itself: it loads nothing and sends nothing. Times are UTC.</footer>");
        Line("</body>");
        Line("</html>");
        return _html.ToString();
    }

    private string State() => document.ErasedAt is { } at
        ? $"The user was erased {Time(at)} UTC and does not come back."
        : "The user has not been erased.";

    private void Section(SubjectSection section)
    {
        Begin(section.Name, Count(section.Rows.Count, "row"), section.Description);
        if (section.Fields.Count > WidestTable)
            Lists(section);
        else
            Table([.. section.Fields.Select(field => (field.Name, field.Description))], section.Rows);
        Line("</section>");
    }

    private void Table(IReadOnlyList<(string Name, string Description)> fields, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        Line("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>");
        foreach (var (name, description) in fields)
            Line($"<th scope=\"col\" title=\"{Encode(description)}\">{Encode(name)}</th>");
        Line("</tr></thead><tbody>");
        foreach (var row in rows)
            Line($"<tr>{string.Concat(row.Select(value => $"<td>{Cell(value)}</td>"))}</tr>");
        Line("</tbody></table></div>");
    }

    private void Lists(SubjectSection section)
    {
        foreach (var row in section.Rows)
        {
            Line("<div class=\"wide\" tabindex=\"0\"><table class=\"list\"><tbody>");
            foreach (var (field, value) in section.Fields.Zip(row))
            {
                var description = $"<td class=\"soft\">{Encode(field.Description)}</td>";
                Line($"<tr><th scope=\"row\">{Encode(field.Name)}</th><td>{Cell(value)}</td>{description}</tr>");
            }


            Line("</tbody></table></div>");
        }
    }

    private void Deliveries()
    {
        if (document.Deliveries.Count == 0)
            return;
        Begin("Deliveries", Count(document.Deliveries.Count, "delivery", "deliveries"), "What was sent to whom that holds the user.");
        Table(
            [("CONSUMER", "Who was sent it."), ("SEGMENT", "The segment."), ("RUN_DATE", "The day that was delivered."),
                ("MODE", "What of the audience was sent."), ("STATUS", "How far it is."), ("FILES", "The files that may hold the user.")],
            [.. document.Deliveries.Select(IReadOnlyList<object?> (delivery) =>
                [delivery.Consumer, delivery.Segment, DateOnly.FromDateTime(delivery.RunDate), delivery.Mode, delivery.Status,
                    string.Join('\n', delivery.Files)])]);
        Line("</section>");
    }

    private void Nothing()
    {
        var empty = document.Sections.Where(section => section.Rows.Count == 0).Select(section => section.Name).ToList();
        if (empty.Count == 0)
            return;
        Begin("Nothing held", Count(empty.Count, "table"), $"No row is of the user in {string.Join(", ", empty)}.");
        Line("</section>");
    }

    private void Begin(string name, string count, string description)
    {
        Line("<section>");
        Line($"<h2>{Encode(name)} <span class=\"count\">{Encode(count)}</span></h2>");
        Line($"<p class=\"soft\">{Encode(description)}</p>");
    }

    private static string Cell(object? value) =>
        (value is DateTime time ? Time(time) : SubjectValue.Say(value)) is { } text ? Encode(text) : "<span class=\"none\">none</span>";

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? $"{one}s")}");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private void Line(string text) => _html.Append(text).Append('\n');

    private static string ReadStyle()
    {
        const string Name = "Subjects/user.css";
        using var stream = typeof(SubjectPage).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
