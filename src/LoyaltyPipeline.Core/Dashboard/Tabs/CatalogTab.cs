using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Documentation;
using LoyaltyPipeline.Core.Documentation.Diagrams;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Catalog: the tables and columns, what they mean, what is made of what, and who is sent it.</summary>
internal sealed class CatalogTab(PipelineDefinition pipeline, SelectPieces script)
{
    private readonly Lineage _lineage = new(pipeline);

    private LoyaltyCatalog Catalog => pipeline.Catalog;

    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>: the script cannot be read.</exception>
    public static CatalogTab Of(PipelineDefinition pipeline) =>
        new(pipeline, SelectPieces.Of(MasterScript.Read(pipeline.MasterScriptPath).Text));

    public DashboardTab Build() => new(
        "catalog", "Catalog", State: null,
        [AllColumns(), Origins(), References(), Master(), MasterQueries(), Consumers(), .. Catalog.Tables.Select(Table)]);

    private DashboardPanel AllColumns() => new(
        "catalog-columns", "All columns", "Every column of every table; find one by any of its words.")
    {
        IsWide = true,
        Table = new DashboardTable(
            [new("Table"), new("Column"), new("Type"), new("Personal data"), new("Made of"), new("Meaning")],
            [
                .. from table in Catalog.Tables
                   from column in table.Columns
                   select new object?[]
                   {
                       table.Name.ToString(), column.Name, column.Type.ToString(), Class(column), Joined(column.From), column.Description,
                   },
            ]),
    };

    private DashboardPanel Origins() => new(
        "catalog-lineage", "What is made of what",
        "From the columns of the sources to Master, to what is kept and shown of it, and to who is sent it. Personal data is red.")
    {
        IsWide = true,
        Picture = DiagramSvg.Write(new LineageDiagram(Catalog, _lineage).Draw()),
        Table = new DashboardTable(
            [new("Column"), new("Makes")],
            [
                .. _lineage.Edges.GroupBy(edge => edge.From)
                    .Select(group => new object?[] { group.Key.ToString(), Joined(group.Select(edge => edge.To)) }),
            ]),
    };

    private DashboardPanel References() => new(
        "catalog-erd", "What refers to what", "The tables, what identifies their rows, and which columns refer to which.")
    {
        IsWide = true,
        Picture = DiagramSvg.Write(new EntityDiagram(Catalog).Draw()),
    };

    private DashboardPanel Master() => new(
        "catalog-master", "How Master is made", "Each column of Master, and the piece of Master_Table.sql that makes it.")
    {
        IsWide = true,
        Table = new DashboardTable(
            [new("Column"), new("Meaning"), new("SQL", DashboardColumnKind.Code), new("Reads")],
            [
                .. script.Columns.Select(piece => new object?[]
                {
                    piece.Name, Catalog.Master.FindColumn(piece.Name)?.Description, piece.Sql, script.ReadBy(piece.Sql),
                }),
            ]),
    };

    private DashboardPanel MasterQueries() => new(
        "catalog-master-queries", "What Master reads", "The queries of Master_Table.sql that its columns read.")
    {
        IsWide = true,
        Table = new DashboardTable(
            [new("Query"), new("SQL", DashboardColumnKind.Code)],
            [.. script.CommonTables.Select(table => new object?[] { table.Name, table.Sql })]),
    };

    private DashboardPanel Consumers() => new(
        "catalog-consumers", "Who is sent what", "The columns of each consumer, and what becomes of personal data.")
    {
        IsWide = true,
        Table = new DashboardTable(
            [new("Consumer"), new("Column"), new("Personal data"), new("Redaction")],
            [
                .. _lineage.Delivered.Select(sent => new object?[]
                {
                    sent.Consumer, sent.Column.Name, Class(sent.Column),
                    sent.Redaction == RedactionMethod.Keep ? null : sent.Redaction.ToString(),
                }),
            ]),
    };

    private static DashboardPanel Table(CatalogTable table) => new(
        $"table-{table.Name.ToString().ToLowerInvariant().Replace('.', '-').Replace('_', '-')}", table.Name.ToString(),
        $"{CatalogMarkdown.Kind(table)}. {table.Description}")
    {
        IsWide = true,
        Table = new DashboardTable(
            [new("Column"), new("Type"), new("Key"), new("Personal data"), new("Rules"), new("Made of"), new("Meaning")],
            [
                .. table.Columns.Select(column => new object?[]
                {
                    column.Name, column.Type.ToString(), table.Key.Contains(column) ? "key" : null, Class(column),
                    ColumnRules.Of(column) is { Length: > 0 } rules ? rules : null, Joined(column.From), column.Description,
                }),
            ]),
    };

    private static string? Class(CatalogColumn column) => CatalogMarkdown.Class(column) is { Length: > 0 } text ? text : null;

    private static string? Joined(IEnumerable<ColumnReference> columns) =>
        string.Join(", ", columns) is { Length: > 0 } text ? text : null;
}
