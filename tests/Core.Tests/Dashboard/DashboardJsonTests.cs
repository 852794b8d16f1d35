using System.Text.Json;
using LoyaltyPipeline.Core.Dashboard.Page;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>The data in a page: what a document holds, in little room.</summary>
public sealed class DashboardJsonTests
{
    [Theory]
    [InlineData(1234567.891, "1234567.89")]
    [InlineData(12345.678901, "12345.68")]
    [InlineData(0.12345678, "0.1234568")]
    [InlineData(-3.5, "-3.5")]
    [InlineData(100.0, "100")]
    [InlineData(0.0, "0")]
    [InlineData(double.NaN, "null")]
    [InlineData(double.PositiveInfinity, "null")]
    public void Numbers_keep_what_can_be_told_apart(double number, string written) =>
        Assert.Equal($"[{written}]", Stored([number]).GetRawText());

    [Fact]
    public void Whole_numbers_decimals_truth_states_and_gaps_are_kept() =>
        Assert.Equal("[9007199254740993,12.1,true,false,\"o\",\"w\",\"b\",\"u\",null,\"x\"]",
            Stored(
                [9007199254740993L, 12.1000m, true, false, DashboardState.Ok, DashboardState.Warning, DashboardState.Bad,
                    DashboardState.Unknown, null, "x"]).GetRawText());

    [Fact]
    public void Texts_that_repeat_are_stored_once_and_come_back_in_their_places()
    {
        string?[] cells = ["north", "south", "north", null, "south", "north"];
        var page = PageReading.Of(Document(cells));

        Assert.Equal(JsonValueKind.Object, page.Data.GetProperty("columns")[0].ValueKind);
        Assert.Equal(cells, page.Cells(0).Select(cell => cell?.GetString()));
    }

    [Fact]
    public void Every_cell_of_the_sample_comes_back_and_equal_columns_are_stored_once()
    {
        var document = DashboardSample.Make(days: 30, bands: 3);
        var page = PageReading.Of(document);
        var stored = page.Data.GetProperty("tabs").EnumerateArray().SelectMany(tab => tab.GetProperty("panels").EnumerateArray())
            .ToDictionary(panel => panel.GetProperty("id").GetString()!, StringComparer.Ordinal);

        foreach (var panel in document.Tabs.SelectMany(tab => tab.Panels).Where(panel => panel.Table is not null))
        {
            var columns = stored[panel.Id].GetProperty("table").GetProperty("columns");
            for (var column = 0; column < panel.Table!.Columns.Count; column++)
                Assert.Equal(
                    panel.Table.Rows.Select(row => Shown(row[column])),
                    page.Cells(columns[column].GetProperty("cells").GetInt32()).Select(Shown));
        }

        int Days(string panel) => stored[panel].GetProperty("table").GetProperty("columns")[0].GetProperty("cells").GetInt32();
        Assert.Equal(Days("band-0"), Days("band-2"));
    }

    [Fact]
    public void A_chart_of_a_column_that_is_not_there_is_refused_by_name()
    {
        var panel = new DashboardPanel("sizes", "Sizes", "")
        {
            Chart = new(DashboardChartKind.Bars, "Region", "Users"),
            Table = new([new("Region")], []),
        };

        var error = Assert.Throws<ArgumentException>(() => PageReading.Of(new("t", "s", [new("tab", "Tab", DashboardState.Ok, [panel])])));

        Assert.StartsWith(
            "The chart of the panel sizes takes its value from a column Users, which its table does not have.", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_cannot_be_shown_is_refused_by_column()
    {
        var error = Assert.Throws<ArgumentException>(() => Stored([new Version(1, 0)]));

        Assert.StartsWith("A cell of the column Value is a Version", error.Message, StringComparison.Ordinal);
    }

    private static JsonElement Stored(object?[] cells) => PageReading.Of(Document(cells)).Data.GetProperty("columns")[0];

    private static DashboardDocument Document(object?[] cells) =>
        new(
            "t", "s",
            [new(
                "tab", "Tab", DashboardState.Ok,
                [new("panel", "Panel", "") { Table = new([new("Value")], [.. cells.Select(cell => (IReadOnlyList<object?>)[cell])]) }])]);

    // Numbers are compared as close as they are stored.
    private static object? Shown(object? cell) => cell switch
    {
        null => null,
        DashboardState state => state.ToString()[..1].ToLowerInvariant(),
        bool or string => cell,
        _ => Math.Round(Convert.ToDouble(cell, System.Globalization.CultureInfo.InvariantCulture), 2),
    };

    private static object? Shown(JsonElement? cell) => cell?.ValueKind switch
    {
        null => null,
        JsonValueKind.True or JsonValueKind.False => cell.Value.GetBoolean(),
        JsonValueKind.String => cell.Value.GetString(),
        _ => Math.Round(cell.Value.GetDouble(), 2),
    };
}
