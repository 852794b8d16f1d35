using System.Text;
using System.Text.Json;

namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>
/// The data of a page, as its script reads it. Tables are stored by column, and equal columns once: many charts have the same days. The
/// encoder leaves no character that could end a script element or start a tag.
/// </summary>
internal sealed class DashboardJson
{
    private readonly Utf8JsonWriter _json;
    private readonly DashboardColumnStore _store = new();

    private DashboardJson(Utf8JsonWriter json) => _json = json;

    /// <summary>Writes a document.</summary>
    public static string Write(DashboardDocument document)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            new DashboardJson(json).WriteDocument(document);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void WriteDocument(DashboardDocument document)
    {
        _json.WriteStartObject();
        WriteArray("tabs", document.Tabs, WriteTab);
        WriteArray("columns", _store.Columns, column => _json.WriteRawValue(column));
        _json.WriteEndObject();
    }

    private void WriteTab(DashboardTab tab)
    {
        _json.WriteStartObject();
        _json.WriteString("id", tab.Id);
        _json.WriteString("title", tab.Title);
        WriteState(tab.State);
        WriteArray("panels", tab.Panels, WritePanel);
        _json.WriteEndObject();
    }

    private void WritePanel(DashboardPanel panel)
    {
        _json.WriteStartObject();
        _json.WriteString("id", panel.Id);
        _json.WriteString("title", panel.Title);
        _json.WriteString("text", panel.Text);
        WriteState(panel.State);
        if (panel.IsWide)
            _json.WriteBoolean("wide", value: true);
        if (panel.Facts is { } facts)
            WriteArray("facts", facts, WriteFact);
        if (panel.Links is { } links)
            WriteArray("links", links, WriteLink);
        if (panel.Picture is { } picture)
            _json.WriteString("picture", picture);
        if (panel.Table is { } table)
            WriteTable(table);
        if (panel.Chart is { } chart)
            WriteChart(chart, panel);
        _json.WriteEndObject();
    }

    private void WriteFact(DashboardFact fact)
    {
        _json.WriteStartObject();
        _json.WriteString("label", fact.Label);
        _json.WriteString("value", fact.Value);
        if (fact.Note is { } note)
            _json.WriteString("note", note);
        WriteState(fact.State);
        _json.WriteEndObject();
    }

    private void WriteLink(DashboardLink link)
    {
        _json.WriteStartObject();
        _json.WriteString("from", link.From);
        _json.WriteString("to", link.To);
        _json.WriteString("text", link.Text);
        WriteState(link.State);
        _json.WriteEndObject();
    }

    private void WriteTable(DashboardTable table)
    {
        _json.WriteStartObject("table");
        _json.WriteNumber("rows", table.Rows.Count);
        WriteArray("columns", Enumerable.Range(0, table.Columns.Count), index =>
        {
            var column = table.Columns[index];
            _json.WriteStartObject();
            _json.WriteString("name", column.Name);
            _json.WriteString("kind", Name(column.Kind));
            if (column.Unit is { } unit)
                _json.WriteString("unit", unit);
            _json.WriteNumber("cells", _store.Add(column, table.Rows, index));
            _json.WriteEndObject();
        });
        _json.WriteEndObject();
    }

    private void WriteChart(DashboardChart chart, DashboardPanel panel)
    {
        _json.WriteStartObject("chart");
        _json.WriteString("kind", Name(chart.Kind));
        WriteColumn("x", chart.X, panel);
        WriteColumn("value", chart.Value, panel);
        WriteColumn("series", chart.Series, panel);
        WriteColumn("low", chart.Low, panel);
        WriteColumn("high", chart.High, panel);
        WriteColumn("mark", chart.Mark, panel);
        if (chart.MarkLines is { } lines)
        {
            WriteArray("lines", lines, line =>
            {
                _json.WriteStartObject();
                _json.WriteString("at", line.At);
                _json.WriteString("label", line.Label);
                _json.WriteEndObject();
            });
        }

        _json.WriteEndObject();
    }

    // The page knows columns by where they are.
    private void WriteColumn(string role, string? name, DashboardPanel panel)
    {
        if (name is null)
            return;

        var columns = panel.Table?.Columns ?? [];
        var index = Enumerable.Range(0, columns.Count).FirstOrDefault(index => columns[index].Name == name, -1);
        if (index < 0)
            throw new ArgumentException(
                $"The chart of the panel {panel.Id} takes its {role} from a column {name}, which its table does not have.", nameof(panel));
        _json.WriteNumber(role, index);
    }

    private void WriteState(DashboardState? state)
    {
        if (state is { } known)
            _json.WriteString("state", DashboardColumnStore.Letter(known));
    }

    private void WriteArray<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        _json.WriteEndArray();
    }

    private static string Name<T>(T kind)
        where T : struct, Enum
        => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
