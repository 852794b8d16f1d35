using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Dashboard.Page;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Catalog: the tables and columns, and what they mean.</summary>
internal sealed class CatalogTab(LoyaltyCatalog catalog)
{
    public DashboardTab Build() => new("catalog", "Catalog", State: null, [.. catalog.Tables.Select(Panel)]);

    private static DashboardPanel Panel(CatalogTable table) => new(
        $"table-{table.Name.ToString().ToLowerInvariant().Replace('.', '-').Replace('_', '-')}", table.Name.ToString(),
        $"{KindOf(table)}. {table.Description}")
    {
        Table = new DashboardTable(
            [new("Column"), new("Type"), new("Key"), new("Personal data"), new("Meaning")],
            [
                .. table.Columns.Select(column => new object?[]
                {
                    column.Name, column.Type.ToString(), table.Key.Contains(column) ? "key" : null,
                    column.PersonalData == PersonalData.None ? null : column.PersonalData.ToString(), column.Description,
                }),
            ]),
    };

    private static string KindOf(CatalogTable table) => table.Kind switch
    {
        TableKind.Source => "Source",
        TableKind.View => "View",
        _ => "Table of the pipeline",
    };
}
