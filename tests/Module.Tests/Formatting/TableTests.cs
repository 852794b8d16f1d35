using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Formatting;

/// <summary>Every table with long values, at the widths that terminals have. Expected shows what they look like.</summary>
public sealed partial class TableTests(TableTests.Session session) : IClassFixture<TableTests.Session>
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "Module.Tests", "Formatting");

    private static IEnumerable<XElement> Views { get; } = XDocument.Load(RepositoryRoot.Combine("module", "LoyaltyPipeline.Format.ps1xml"))
        .Descendants("View");

    /// <summary>Every type and 80 and 120 columns.</summary>
    public static TheoryData<string, int> Tables =>
        [.. Specimens.Types.SelectMany(type => new[] { (NameOf(type), 80), (NameOf(type), 120) })];

    /// <summary>Every type.</summary>
    public static TheoryData<string> Names => [.. Specimens.Types.Select(NameOf)];

    [GeneratedRegex("^ *-[- ]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Rule { get; }

    [GeneratedRegex(@"\$_\.(?<name>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PropertyOfThis { get; }

    [Fact]
    public void Every_view_has_specimens()
    {
        var types = Views.Descendants("TypeName").Select(name => name.Value).Distinct(StringComparer.Ordinal);

        Assert.Equal(types.Order(StringComparer.Ordinal), Specimens.Types.Order(StringComparer.Ordinal));
        Assert.Equal(
            Tables.Select(table => FileOf(table.Data.Item1, table.Data.Item2)).Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(Folder, "Expected")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lists_have_what_tables_have_and_short_lists_have_no_more_than_both()
    {
        var tables = PropertiesBy("TableControl");
        var lists = PropertiesBy("ListControl");
        var shortLists = XDocument.Load(RepositoryRoot.Combine("module", "LoyaltyPipeline.Types.ps1xml")).Descendants("Type")
            .ToDictionary(
                type => type.Element("Name")!.Value, type => type.Descendants("ReferencedProperties").Elements().Select(name => name.Value),
                StringComparer.Ordinal);

        Assert.All(lists, list => Assert.Empty(tables[list.Key].Except(list.Value, StringComparer.Ordinal)));
        Assert.All(
            shortLists,
            list => Assert.Empty(
                list.Value.Except(tables[list.Key].Concat(lists.GetValueOrDefault(list.Key, [])), StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_looks_as_it_was_approved(string name, int width)
    {
        var shown = string.Join('\n', session.Show(name, width).Select(line => line.TrimEnd())).Trim('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_TABLES") == "1")
            File.WriteAllText(FileOf(name, width), shown);

        Assert.True(
            File.Exists(FileOf(name, width)),
            $"No {FileOf(name, width)}. Run these tests with UPDATE_TABLES=1, look at what they wrote and commit it.");
        Assert.Equal(File.ReadAllText(FileOf(name, width)), shown);
    }

    /// <summary>A console keeps one column back for itself: 79 and 119 are what is left of 80 and 120.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void Lines_fit_nothing_is_cut_and_no_column_is_squeezed(string name, int width)
    {
        foreach (var columns in (int[])[width, width - 1])
        {
            var lines = session.Show(name, columns);

            Assert.All(lines, line => Assert.True(line.Length <= columns, line));
            Assert.All(lines, line => Assert.DoesNotContain('…', line));
            if (IsList(name))
                continue;
            // Were a name wrapped, the rule would not follow the first line of the head.
            var head = lines.FindIndex(line => line.Length > 0 && !line.StartsWith("   Suite: ", StringComparison.Ordinal));
            Assert.Matches(Rule, lines[head + 1]);
        }

        if (!IsList(name))
            Assert.Equal(ColumnsOf(session.Show(name, width)), ColumnsOf(session.Show(name, width - 1)));
    }

    // Of the views of a type PowerShell takes the first.
    private static bool IsList(string name) => Views
        .First(view => view.Descendants("TypeName").Any(type => type.Value.EndsWith($".{name}", StringComparison.Ordinal)))
        .Element("ListControl") is not null;

    [Theory]
    [InlineData("ImportResult", "Rejected", "1,234,567")]
    [InlineData(
        "QuarantinedRow", "Detail", "PRODUCT_SUPPORT_USAGE.csv line 123456789: column RESOLUTION_MINUTES: the value is no DECIMAL(10,2)")]
    [InlineData("QuarantinedRow", "RowKey", "USER_ID=9000000014, FEATURE_NAME=one-click-checkout-with-points")]
    [InlineData("RunRecord", "ErrorId", "DestinationCredentialsExpired")]
    [InlineData("UserChange", "Before", "2026-06-19 00:00:00")]
    [InlineData("UserChange", "After", "2026-06-29 23:59:58")]
    [InlineData("FeatureAdoption", "Rate", "12.34 %")]
    [InlineData("FeatureAdoption", "Rate", "100.00 %")]
    [InlineData("MergeResult", "Quarantined", "234,567,890")]
    [InlineData("DeliveryResult", "Rows", "12,345,678")]
    [InlineData("DeliveryCheck", "Detail", "7c405513f1d1ebf43355f9e1a3ff0fdf93549d00bf4870a6b2b2e65a8d3b87bd")]
    [InlineData("SegmentMember", "Consent", "False")]
    [InlineData("ExtractResult", "Path", "/srv/analytics/extracts/2026-06-30/FEATURE_ADOPTION_BY_REGION.parquet")]
    public void At_80_columns_a_table_has_what_it_is_looked_at_for(string name, string column, string value)
    {
        var lines = session.Show(name, 79).Where(line => line.Length > 0).ToList();

        var place = Assert.Single(
            PlacesOf(name),
            place => Cut(lines[0], place).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                .Contains(column, StringComparer.Ordinal));
        // A value may go on in the next lines of its column.
        var text = string.Concat(lines.Skip(2).Select(line => Cut(line, place)));
        Assert.Contains(WithoutBlanks(value), WithoutBlanks(text), StringComparison.Ordinal);
    }

    /// <summary>A script may have set Set-StrictMode, which makes an error of what is not there.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_view_needs_what_is_not_there(string name)
    {
        foreach (var shape in new[] { "Format-Table", "Format-List" })
            Assert.Empty(session.ErrorsOf(name, shape));
    }

    private static string NameOf(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static string FileOf(string name, int width) =>
        Path.Combine(Folder, "Expected", string.Create(CultureInfo.InvariantCulture, $"{name}.{width}.txt"));

    private static Dictionary<string, IEnumerable<string>> PropertiesBy(
        string control) => Views.Where(view => view.Element(control) is not null).ToDictionary(
        view => view.Descendants("TypeName").Single().Value,
        view => view.Descendants("PropertyName").Select(name => name.Value)
            .Concat(
                view.Descendants("ScriptBlock").SelectMany(block => PropertyOfThis.Matches(block.Value))
                    .Select(match => match.Groups["name"].Value)),
        StringComparer.Ordinal);

    private static int ColumnsOf(List<string> lines) => lines.First(Rule.IsMatch).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Where the columns of a table begin and how wide they are, from left to right.</summary>
    private static List<(int Start, int Width)> PlacesOf(string name)
    {
        var widths = Views.Single(view => view.Element("Name")!.Value == name && view.Element("TableControl") is not null)
            .Descendants("TableColumnHeader").Select(header => (int?)header.Element("Width") ?? int.MaxValue).ToList();
        return [.. widths.Select((width, index) => (widths.Take(index).Sum(before => before + 1), width))];
    }

    private static string Cut(string line, (int Start, int Width) place) =>
        line.Length <= place.Start ? string.Empty : line.Substring(place.Start, Math.Min(place.Width, line.Length - place.Start));

    private static string WithoutBlanks(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);

    /// <summary>A session that shows specimens.</summary>
    public sealed class Session : IDisposable
    {
        private readonly ModuleRunspace _runspace = new();

        /// <summary>Opens it; the types are loaded when a cmdlet is asked what it emits.</summary>
        public Session() => _runspace.Run("$null = (Get-Command -Module LoyaltyPipeline).OutputType.Type").Succeeded();

        public void Dispose() => _runspace.Dispose();

        internal IEnumerable<string> ErrorsOf(string name, string shape)
        {
            var type = Specimens.Types.Single(type => NameOf(type) == name);
            return [.. _runspace.Run($$"""
                $Error.Clear()
                & { Set-StrictMode -Version Latest; [{{typeof(Specimens).FullName}}]::Of('{{type}}') | {{shape}} | Out-String | Out-Null }
                $Error | ForEach-Object { "$_" }
                """).Output.Select(error => $"{error}")];
        }

        internal List<string> Show(string name, int width)
        {
            var type = Specimens.Types.Single(type => NameOf(type) == name);
            var text = Assert.Single(_runspace.Run($"""
                $PSStyle.OutputRendering = 'PlainText'
                [cultureinfo]::CurrentCulture = [{typeof(EnglishTexts).FullName}]::new()
                [{typeof(Specimens).FullName}]::Of('{type}') | Out-String -Width {width.ToString(CultureInfo.InvariantCulture)}
                """).Succeeded().Output);
            return [.. ((string)text).Split('\n')];
        }
    }
}
