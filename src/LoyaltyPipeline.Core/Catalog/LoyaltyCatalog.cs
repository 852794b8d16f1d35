using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>All tables and columns the pipeline knows, as <c>sql/catalog.yml</c> declares them.</summary>
/// <param name="tables">The tables, in file order.</param>
public sealed class LoyaltyCatalog(IReadOnlyList<CatalogTable> tables)
{
    /// <summary>The schema the pipeline writes.</summary>
    public const string WarehouseSchema = "LOYALTY";

    private static readonly TableName UsersName = new("DW_A", "USER_PROFILE");
    private static readonly TableName MasterName = new(WarehouseSchema, "MASTER");

    private readonly Dictionary<string, CatalogTable> _byName =
        tables.ToDictionary(table => table.Name.ToString(), StringComparer.OrdinalIgnoreCase);

    private readonly Lazy<string> _viewsSha256 = new(() => TextHash.Sha256(string.Concat(tables.Select(table => table.Query))));

    private readonly Lazy<string> _personalDataSha256 = new(() => TextHash.Sha256(string.Join(
        '\n', tables.SelectMany(
            table => table.Columns.Select(
                column => $"{table}.{column.Name} {column.PersonalData} {column.Anonymization}")))));

    /// <summary>The column whose values are the users.</summary>
    public static ColumnReference User { get; } = new(UsersName, "USER_ID");

    /// <summary>The source that tells which features users have taken up.</summary>
    public static TableName FeatureAdoption { get; } = new("DW_B", "FEATURE_ADOPTION");

    /// <summary>The tables without which there is nothing to merge.</summary>
    public static IReadOnlyList<TableName> NeededTables { get; } = [UsersName, MasterName];

    /// <summary>The tables, in file order.</summary>
    public IReadOnlyList<CatalogTable> Tables { get; } = tables;

    /// <summary>The tables that departments deliver.</summary>
    public IReadOnlyList<CatalogTable> Sources { get; } = [.. tables.Where(table => table.Kind == TableKind.Source)];

    /// <summary>The pipeline's own tables and views.</summary>
    public IReadOnlyList<CatalogTable> OwnTables { get; } = [.. tables.Where(table => table.Kind != TableKind.Source)];

    /// <summary>The table that lists the users: the one required source.</summary>
    public CatalogTable Users => Table(UsersName.ToString());

    /// <summary>The Master table.</summary>
    public CatalogTable Master => Table(MasterName.ToString());

    /// <summary>Hash of the texts of all views, which say what readers are shown of personal data.</summary>
    public string ViewsSha256 => _viewsSha256.Value;

    /// <summary>Hash of which columns there are and what is said of personal data in them.</summary>
    public string PersonalDataSha256 => _personalDataSha256.Value;

    /// <summary>Finds a table.</summary>
    /// <param name="name">The full name, for example <c>LOYALTY.MASTER</c>; case does not matter.</param>
    /// <exception cref="KeyNotFoundException">The catalog has no such table.</exception>
    public CatalogTable Table(string name) => _byName[name];

    /// <summary>Finds a table by its full name.</summary>
    /// <param name="name">For example <c>LOYALTY.MASTER</c>; case does not matter.</param>
    /// <returns>The table, or null.</returns>
    public CatalogTable? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds a source by its full name or by its table name alone.</summary>
    /// <param name="name">For example <c>DW_A.USER_ACTIVITY</c> or <c>USER_ACTIVITY</c>; case does not matter.</param>
    /// <returns>The source, or null.</returns>
    public CatalogTable? FindSource(string name) => Sources.FirstOrDefault(source =>
        string.Equals(source.Name.Table, name, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(source.Name.ToString(), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The Master columns that stay empty while a source has no rows.</summary>
    /// <returns>Names of Master columns.</returns>
    public IEnumerable<string> MasterColumnsFrom(CatalogTable source) =>
        Master.Columns.Where(column => column.From.Any(from => from.Table == source.Name)).Select(column => column.Name);
}
