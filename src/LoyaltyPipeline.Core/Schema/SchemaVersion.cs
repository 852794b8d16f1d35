using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Schema;

/// <summary>
/// Which form the tables of a warehouse have: a row of SCHEMA_VERSION for each form that it was brought to. A module changes nothing in a
/// warehouse of a newer form than it knows: it would not write what that form needs.
/// </summary>
internal static class SchemaVersion
{
    /// <summary>
    /// The form that this module makes. It becomes one more when an older module that wrote the new form would leave it wrong; a column or
    /// table more, which older modules leave alone, is none.
    /// </summary>
    public const int Current = 1;

    public static TableName Table { get; } = new(LoyaltyCatalog.WarehouseSchema, "SCHEMA_VERSION");

    /// <summary>The statement that notes the form, where that is not done yet.</summary>
    public static string SeedSql =>
        $"""
        INSERT INTO {Table} (VERSION, MODULE_VERSION)
        SELECT {Current}, {SqlText.Quote(typeof(SchemaVersion).Assembly.GetName().Version!.ToString(3))}
        WHERE NOT EXISTS (SELECT 1 FROM {Table} WHERE VERSION >= {Current})
        """;

    /// <summary>Whether the form is noted.</summary>
    public static async Task<bool> IsNotedAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        await session.CountAsync($"SELECT COUNT(*) FROM {Table} WHERE VERSION >= {Current}", cancellationToken) > 0;

    /// <summary>Makes sure that a warehouse has no newer form than this module knows. One of before forms were noted has none.</summary>
    /// <param name="tables">The tables that there are, by <c>SCHEMA.TABLE</c>.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseTooNew</c>.</exception>
    public static async Task DemandKnownAsync(
        IWarehouseSession session, IReadOnlyDictionary<string, TableShape> tables, CancellationToken cancellationToken)
    {
        if (tables.ContainsKey(Table.ToString()))
            await DemandNoNewerAsync(session, cancellationToken);
    }

    /// <summary>Makes sure of the same of a warehouse that has its tables, without listing them.</summary>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>WarehouseTooNew</c>.</exception>
    public static async Task DemandKnownAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        try
        {
            await DemandNoNewerAsync(session, cancellationToken);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            await SchemaReader.RequireInitializedAsync(session, cancellationToken);
            throw;
        }
    }

    private static async Task DemandNoNewerAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var newer = await session.ListAsync(
            $"SELECT VERSION, MODULE_VERSION FROM {Table} WHERE VERSION > {Current} ORDER BY VERSION DESC", [],
            reader => (Version: reader.LongAt(0), Module: reader.TextAt(1)), cancellationToken);
        if (newer.Count > 0)
            throw LoyaltyErrors.WarehouseTooNew.Because(
                $"The tables of the warehouse have the form {newer[0].Version}, which the module {newer[0].Module} made; this module knows forms up to {Current}.",
                Table.ToString());
    }
}
