using System.Text;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Documentation.Diagrams;

/// <summary>
/// The tables and what refers to what: as a picture, and as text in Mermaid's language, which code hosts draw. Of a table of the pipeline it
/// shows what identifies and connects its rows; the dictionary has the rest.
/// </summary>
internal sealed class EntityDiagram(LoyaltyCatalog catalog)
{
    private readonly IReadOnlyList<CatalogTable> _tables = [.. catalog.Tables.Where(table => table.Kind != TableKind.View)];

    public Diagram Draw() => new(
        "Tables of the pipeline, and which columns refer to which",
        [.. _tables.GroupBy(table => table.Name.Schema, StringComparer.Ordinal).Select(group => new Diagram.Lane(group.Key, [.. group.Select(Box)]))],
        [
            .. from table in _tables
               from column in table.Columns
               where column.References is not null
               let to = column.References!.Value
               select new Diagram.Arrow(table.Name.ToString(), column.Name, to.Table.ToString(), to.Column),
        ]);

    /// <summary>The same as a Mermaid text.</summary>
    public string WriteMermaid()
    {
        var text = new StringBuilder("erDiagram\n");
        foreach (var table in _tables)
        {
            text.Append($"    {Name(table.Name)} {{\n");
            foreach (var column in Shown(table))
                text.Append($"        {column.Type.DataType.ToString().ToUpperInvariant()} {column.Name}{Mark(table, column)}\n");
            text.Append("    }\n");
        }

        foreach (var table in _tables)
        {
            foreach (var column in table.Columns.Where(column => column.References is not null))
                text.Append($"    {Name(column.References!.Value.Table)} ||--o{{ {Name(table.Name)} : {column.Name}\n");
        }

        return text.ToString();
    }

    private static string Name(TableName name) => $"{name.Schema}_{name.Table}";

    private static string Mark(CatalogTable table, CatalogColumn column) => (table.Key.Contains(column), column.References) switch
    {
        (true, not null) => " PK,FK",
        (true, null) => " PK",
        (false, not null) => " FK",
        _ => string.Empty,
    };

    private static Diagram.Box Box(CatalogTable table)
    {
        var lines = Shown(table).Select(column => new Diagram.Line(
            column.Name, column.Type.ToString(), table.Key.Contains(column), column.PersonalData != PersonalData.None)).ToList();
        var more = table.Columns.Count - lines.Count;
        if (more > 0)
            lines.Add(new Diagram.Line($"and {more} more"));
        return new Diagram.Box(table.Name.ToString(), table.Name.Table, lines);
    }

    private static IEnumerable<CatalogColumn> Shown(CatalogTable table) => table.Columns.Where(column =>
        table.Kind == TableKind.Source || table.Key.Contains(column) || column.References is not null
        || column.PersonalData != PersonalData.None);
}
