using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Dashboard.Tabs;
using LoyaltyPipeline.Core.Documentation;
using LoyaltyPipeline.Core.Documentation.Diagrams;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Dashboard;

/// <summary>
/// Writes the catalog as files: a page that needs nothing else, or Markdown with two pictures. The same catalog gives the same bytes, so
/// that what is committed can be compared with what would be written.
/// </summary>
public sealed class CatalogExport(PipelineDefinition pipeline)
{
    private const string Page = "catalog.html";
    private const string Text = "README.md";
    private const string Entities = "erd.svg";
    private const string Origins = "lineage.svg";

    /// <summary>Makes the files.</summary>
    /// <param name="formats">The formats wanted.</param>
    /// <param name="warehouse">The warehouse whose state is told too; null for the catalog alone.</param>
    /// <param name="wait">How long to wait for another run; null for not at all.</param>
    /// <returns>The contents by the names of the files.</returns>
    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>, <c>CatalogInvalid</c>; with a warehouse <c>WarehouseNotInitialized</c>,
    /// <c>QueryFailed</c> and those of opening it.</exception>
    public async Task<IReadOnlyDictionary<string, string>> MakeAsync(
        IReadOnlyList<CatalogFormat> formats, IWarehouse? warehouse, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        MasterScript.Read(pipeline.MasterScriptPath).DemandDeclared(pipeline.Catalog);
        UndeclaredPersonalData.RefuseInViews(pipeline.Catalog);
        var states = warehouse is null ? [] : await ReadStatesAsync(warehouse, wait, reporter, cancellationToken);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (formats.Contains(CatalogFormat.Html))
            files[Page] = WritePage(states);
        if (formats.Contains(CatalogFormat.Markdown))
        {
            files[Text] = new CatalogMarkdown(pipeline, Script, states.Select(Cells).ToList()).Write();
            files[Entities] = DiagramSvg.Write(new EntityDiagram(pipeline.Catalog).Draw());
            files[Origins] = DiagramSvg.Write(new LineageDiagram(pipeline.Catalog, new Lineage(pipeline)).Draw());
        }

        return files;
    }

    /// <summary>Writes the files into a folder, which is made if need be.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>, <c>FileInUse</c>.</exception>
    public static IReadOnlyList<FileInfo> Write(
        string folder, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var places = files.Keys.Select(name => new ReportFile(Path.Combine(folder, name))).ToList();
        foreach (var place in places)
        {
            place.MakeFolder();
            place.DemandPlace();
        }

        foreach (var place in places.Where(place => Path.GetFileName(place.Path) == Text))
            place.DemandOwn(IsOwn, "Export-LoyaltyCatalog wrote");
        ReportFile.WriteAll([.. places.Zip(files.Values, (place, content) => (place, Writing(content)))], cancellationToken);
        return [.. places.Select(place => new FileInfo(place.Path))];
    }

    private static Action<Stream> Writing(string content) => stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(content);
    };

    /// <summary>Makes sure that the files of a folder are those that would be written.</summary>
    /// <exception cref="LoyaltyException"><c>CatalogStale</c>: one is missing, or says something else.</exception>
    public static void Check(string folder, IReadOnlyDictionary<string, string> files)
    {
        var stale = files.Where(file => Read(Path.Combine(folder, file.Key)) != file.Value.ReplaceLineEndings("\n"))
            .Select(file => file.Key).ToList();
        if (stale.Count > 0)
            throw LoyaltyErrors.CatalogStale.Because(
                $"In {folder} {string.Join(", ", stale)} {(stale.Count == 1 ? "is" : "are")} not what the catalog says now.", folder);
    }

    private SelectPieces Script => SelectPieces.Of(MasterScript.Read(pipeline.MasterScriptPath).Text);

    // A README.md is what most folders have, and mostly somebody's work.
    private static bool IsOwn(string text) => text.Contains(CatalogMarkdown.Mark, StringComparison.Ordinal);

    private static string? Read(string path) => new ReportFile(path).ReadText()?.ReplaceLineEndings("\n");

    private string WritePage(IReadOnlyList<TableState> states)
    {
        var tab = CatalogTab.Of(pipeline).Build();
        DashboardTab[] tabs = states.Count == 0 ? [tab] : [tab, StateTab(states)];
        using var writer = new StringWriter();
        DashboardPage.Write(new DashboardDocument("Catalog of the loyalty pipeline", Subtitle(), tabs), writer);
        return writer.ToString();
    }

    private string Subtitle()
    {
        var tables = pipeline.Catalog.Tables;
        return $"{tables.Count} tables and views, {tables.Sum(table => table.Columns.Count)} columns";
    }

    private static DashboardTab StateTab(IReadOnlyList<TableState> states) => new("state", "State", State: null,
    [
        new DashboardPanel("state-tables", "Tables of the warehouse", "How much each has, how new it is, and what the last test run found.")
        {
            IsWide = true,
            Table = new DashboardTable(
                [
                    new("Table"), new("Rows", DashboardColumnKind.Number), new("Newest", DashboardColumnKind.Day),
                    new("Days old", DashboardColumnKind.Number), new("Limit", DashboardColumnKind.Number, "days"), new("Last check"),
                ],
                [.. states.Select(state => new object?[]
                {
                    state.Table, state.Rows, state.Newest, state.DaysOld, state.Limit, state.LastCheck,
                })]),
        },
    ]);

    private static IReadOnlyList<string> Cells(TableState state) =>
        [state.Table, $"{state.Rows}", $"{state.Newest}", $"{state.DaysOld}", $"{state.Limit}", $"{state.LastCheck}"];

    private async Task<IReadOnlyList<TableState>> ReadStatesAsync(
        IWarehouse warehouse, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, wait, reporter, cancellationToken);
        return await new TableStateReader(pipeline, opened.Session).ReadAsync(cancellationToken);
    }
}
