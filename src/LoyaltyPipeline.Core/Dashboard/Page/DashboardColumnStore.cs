using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>
/// The columns of all tables, each as JSON and each kept once: a list of cells, or, where texts repeat, the texts and for each cell which
/// of them.
/// </summary>
internal sealed class DashboardColumnStore
{
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>The columns, in the order in which they were first added.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Keeps a column.</summary>
    /// <param name="rows">The rows of its table.</param>
    /// <param name="index">Which cell of each row is its.</param>
    public int Add(DashboardColumn column, IReadOnlyList<IReadOnlyList<object?>> rows, int index)
    {
        var cells = new object?[rows.Count];
        for (var row = 0; row < cells.Length; row++)
            cells[row] = Cell(rows[row][index], column);

        var json = Write(cells);
        if (_places.TryGetValue(json, out var place))
            return place;

        _columns.Add(json);
        _places.Add(json, _columns.Count - 1);
        return _columns.Count - 1;
    }

    /// <summary>The letter that stands for a state, in the data as in a strip.</summary>
    public static string Letter(DashboardState state) => state switch
    {
        DashboardState.Ok => "o",
        DashboardState.Warning => "w",
        DashboardState.Bad => "b",
        _ => "u",
    };

    private static object? Cell(object? value, DashboardColumn column) => value switch
    {
        null or string or bool => value,
        DashboardState state => Letter(state),
        byte or short or int or long => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        decimal number => Trim(number),
        double number => Number(number),
        float number => Number(number),
        _ => throw new ArgumentException(
            $"A cell of the column {column.Name} is a {value.GetType().Name}, which a dashboard cannot show; give a text or a number.",
            nameof(value)),
    };

    // What is not a number, or too large for an exact one, is not there or is as close as it gets.
    private static object? Number(double number) =>
        !double.IsFinite(number) ? null : Math.Abs(number) < 1e27 ? Trim((decimal)number) : number;

    // Seven digits are more than a chart or a reader can tell apart; whole numbers stay whole, and hundredths are kept whatever is before
    // them. Dividing by a one with all its digits drops the zeros at the end.
    private static decimal Trim(decimal number)
    {
        var size = Math.Abs(number);
        var digits = size < 1 ? 7 : Math.Max(2, 6 - (int)Math.Log10((double)size));
        return Math.Round(number, digits, MidpointRounding.AwayFromZero) / 1.000000000000000000000000000m;
    }

    private static string Write(object?[] cells)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            var texts = cells.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            if (texts.Count > 0 && texts.Count * 2 <= cells.Length && cells.All(cell => cell is null or string))
                WriteRepeating(json, texts, cells);
            else
                WriteList(json, cells);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteRepeating(Utf8JsonWriter json, List<string> texts, object?[] cells)
    {
        var places = texts.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        json.WriteStartObject();
        json.WritePropertyName("texts");
        WriteList(json, texts);
        json.WritePropertyName("cells");
        WriteList(json, cells.Select(cell => cell is string text ? (object)(decimal)places[text] : null));
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, IEnumerable<object?> cells)
    {
        json.WriteStartArray();
        foreach (var cell in cells)
        {
            switch (cell)
            {
                case string text: json.WriteStringValue(text); break;
                case bool truth: json.WriteBooleanValue(truth); break;
                case decimal number: json.WriteNumberValue(number); break;
                case double number: json.WriteNumberValue(number); break;
                default: json.WriteNullValue(); break;
            }
        }

        json.WriteEndArray();
    }
}
