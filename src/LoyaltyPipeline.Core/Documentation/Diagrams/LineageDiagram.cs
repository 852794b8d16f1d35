using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Documentation.Diagrams;

/// <summary>
/// Sources, Master, what is kept and shown of it, and who is sent it, column by column. Personal data stands out all the way.
/// </summary>
internal sealed class LineageDiagram(LoyaltyCatalog catalog, Lineage lineage)
{
    private const string AllColumns = "columns of the same name";

    public Diagram Draw()
    {
        var used = lineage.Edges.Select(edge => edge.From).ToHashSet();
        var views = catalog.Tables.Where(table => table.Kind == TableKind.View || lineage.RepeatedBy(table) is not null).ToList();
        var stored = catalog.Tables.Where(table =>
            table.Kind == TableKind.Warehouse && !views.Contains(table) && (table == catalog.Master || Has(table, used))).ToList();
        return new Diagram(
            "From the columns of the sources to Master, to views and to consumers",
            [
                new("Sources", [.. catalog.Sources.Select(table => Box(table, column => used.Contains(Reference(table, column))))]),
                new("Pipeline", [.. stored.Select(table => Box(
                    table, column => table == catalog.Master || used.Contains(Reference(table, column))))]),
                new("Consumers, History and views",
                [
                    .. lineage.Delivered.GroupBy(sent => sent.Consumer, StringComparer.Ordinal).Select(ConsumerBox),
                    .. views.Select(table => Box(table, _ => true)),
                ]),
            ],
            [.. TableArrows().Distinct(), .. lineage.Delivered.Select(ConsumerArrow)]);
    }

    private static bool Has(CatalogTable table, HashSet<ColumnReference> used) =>
        table.Columns.Any(column => used.Contains(Reference(table, column)));

    private static ColumnReference Reference(CatalogTable table, CatalogColumn column) => new(table.Name, column.Name);

    private Diagram.Box Box(CatalogTable table, Func<CatalogColumn, bool> isShown)
    {
        var repeated = lineage.RepeatedBy(table);
        var own = table.Columns.Where(column => isShown(column) && !(column.From.Count == 1 && column.From[0].Table == repeated))
            .Select(column => new Diagram.Line(
                column.Name, Note(column), table.Key.Contains(column), column.PersonalData != PersonalData.None));
        return new Diagram.Box(
            table.Name.ToString(), table.Name.ToString(),
            repeated is { } other
                ? [new Diagram.Line(AllColumns, $"of {other.Table}", IsPersonal: IsPersonal(table, other)), .. own]
                : [.. own]);
    }

    private static bool IsPersonal(CatalogTable table, TableName repeated) => table.Columns.Any(
        column => column.PersonalData != PersonalData.None && column.From.Any(from => from.Table == repeated));

    private static string Note(CatalogColumn column) =>
        column.PersonalData == PersonalData.None ? string.Empty : column.PersonalData.ToString().ToLowerInvariant();

    private IEnumerable<Diagram.Arrow> TableArrows()
    {
        foreach (var (from, to) in lineage.Edges)
        {
            var table = catalog.Table(to.Table.ToString());
            var (fromLine, toLine) = (LineOf(from), lineage.RepeatedBy(table) == from.Table ? AllColumns : to.Column);
            var isPersonal = toLine == AllColumns ? IsPersonal(table, from.Table) : lineage.ClassOf(from) != PersonalData.None;
            yield return new Diagram.Arrow(
                from.Table.ToString(), toLine == AllColumns ? FirstLineOf(from.Table) : fromLine, to.Table.ToString(), toLine, isPersonal);
        }
    }

    // A box whose columns are one line has no line for each.
    private string LineOf(ColumnReference column) =>
        lineage.RepeatedBy(catalog.Table(column.Table.ToString())) is { } repeated
            && catalog.Table(column.Table.ToString()).FindColumn(column.Column)!.From is [var origin] && origin.Table == repeated
                ? AllColumns
                : column.Column;

    private string FirstLineOf(TableName table) =>
        lineage.RepeatedBy(catalog.Table(table.ToString())) is null ? catalog.Table(table.ToString()).Columns[0].Name : AllColumns;

    private static Diagram.Box ConsumerBox(
        IGrouping<string, (CatalogColumn Column, string Consumer, RedactionMethod Redaction)> consumer) => new(
        consumer.Key, consumer.Key,
        [.. consumer.Select(sent => new Diagram.Line(
            sent.Column.Name, sent.Redaction == RedactionMethod.Keep ? string.Empty : sent.Redaction.ToString().ToLowerInvariant(),
            IsPersonal: IsStillPersonal(sent)))]);

    private Diagram.Arrow ConsumerArrow((CatalogColumn Column, string Consumer, RedactionMethod Redaction) sent) => new(
        catalog.Master.Name.ToString(), sent.Column.Name, sent.Consumer, sent.Column.Name, IsStillPersonal(sent));

    private static bool IsStillPersonal((CatalogColumn Column, string Consumer, RedactionMethod Redaction) sent) =>
        sent.Column.PersonalData != PersonalData.None
        && sent.Redaction is RedactionMethod.Keep or RedactionMethod.Sha256 or RedactionMethod.Hmac or RedactionMethod.E164;
}
