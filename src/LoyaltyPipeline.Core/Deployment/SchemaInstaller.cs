using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Deployment;

/// <summary>Brings the tables and views of a warehouse to what the catalog declares. Only adds; never drops, renames or retypes.</summary>
public sealed class SchemaInstaller(LoyaltyCatalog catalog)
{
    /// <summary>Finds what is missing.</summary>
    /// <param name="tables">The tables to look at.</param>
    /// <returns>The changes, in the order in which they must be made; empty where nothing is missing.</returns>
    /// <exception cref="LoyaltyException"><c>SchemaConflict</c>: a column exists with another type; <c>WarehouseTooNew</c>.</exception>
    public static async Task<IReadOnlyList<SchemaChange>> PlanAsync(
        IWarehouseSession session, IReadOnlyList<CatalogTable> tables, CancellationToken cancellationToken) =>
        await PlanAsync(session, tables, await SchemaReader.ReadAsync(session, cancellationToken), cancellationToken);

    /// <summary>Finds what is missing, where it is known what there is.</summary>
    /// <param name="tables">The tables to look at.</param>
    /// <param name="existing">What <see cref="SchemaReader.ReadAsync"/> has read.</param>
    /// <returns>The changes, in the order in which they must be made; empty where nothing is missing.</returns>
    /// <exception cref="LoyaltyException"><c>SchemaConflict</c>: a column exists with another type; <c>WarehouseTooNew</c>.</exception>
    public static async Task<IReadOnlyList<SchemaChange>> PlanAsync(
        IWarehouseSession session, IReadOnlyList<CatalogTable> tables, IReadOnlyDictionary<string, TableShape> existing,
        CancellationToken cancellationToken)
    {
        await SchemaVersion.DemandKnownAsync(session, existing, cancellationToken);
        var changes = new List<SchemaChange>();
        var missing = tables.Where(table => !existing.ContainsKey(table.Name.ToString())).Select(table => table.Name.Schema)
            .Distinct(StringComparer.Ordinal).ToList();
        // A schema may exist without tables.
        var schemas = missing.Count == 0 ? [] : await session.ListAsync(
            "SELECT DISTINCT UPPER(schema_name) FROM information_schema.schemata WHERE catalog_name = CURRENT_DATABASE()", [],
            reader => reader.GetString(0), cancellationToken);
        foreach (var schema in missing.Except(schemas, StringComparer.Ordinal))
            changes.Add(new SchemaChange(SchemaAction.CreateSchema, schema, Ddl.CreateSchema(schema), applied: false));
        foreach (var table in tables.Where(table => table.Kind != TableKind.View))
        {
            if (existing.TryGetValue(table.Name.ToString(), out var shape))
                changes.AddRange(PlanColumns(session.Dialect, table, shape));
            else
                changes.Add(
                    new SchemaChange(
                        SchemaAction.CreateTable, table.Name.ToString(), Ddl.CreateTable(session.Dialect, table), applied: false));
            if (table.Name == LockRow.Table
                && (shape is null || await session.CountAsync($"SELECT COUNT(*) FROM {LockRow.Table}", cancellationToken) == 0))
                changes.Add(new SchemaChange(SchemaAction.SeedRow, table.Name.ToString(), LockRow.SeedSql, applied: false));
            if (table.Name == SchemaVersion.Table && (shape is null || !await SchemaVersion.IsNotedAsync(session, cancellationToken)))
                changes.Add(new SchemaChange(SchemaAction.SeedRow, table.Name.ToString(), SchemaVersion.SeedSql, applied: false));
            if (table.Name == AuditHead.Table
                && (shape is null || await session.CountAsync($"SELECT COUNT(*) FROM {AuditHead.Table}", cancellationToken) == 0))
                changes.Add(new SchemaChange(SchemaAction.SeedRow, table.Name.ToString(), AuditHead.SeedSql, applied: false));
        }

        // Views read tables, and see a column only after its table has it.
        var views = tables.Where(table => table.Kind == TableKind.View && Ddl.IsMade(session.Dialect, table)).ToList();
        if (views.Count > 0)
        {
            var definitions = await SchemaReader.ReadViewsAsync(session, cancellationToken);
            changes.AddRange(views
                .Where(
                    view => !IsCurrent(
                        view, existing.GetValueOrDefault(view.Name.ToString()), definitions.GetValueOrDefault(view.Name.ToString()),
                        session.Dialect))
                .Select(
                    view => new SchemaChange(
                        SchemaAction.CreateView, view.Name.ToString(), Ddl.CreateView(session.Dialect, view), applied: false)));
        }

        // What may be refused comes first, so that nothing was changed then.
        return [.. changes.OrderByDescending(change => change.MaskingPolicy is not null)];
    }

    /// <summary>Makes planned changes. DDL commits on some engines, so there is no transaction; each change can be made again.</summary>
    /// <returns>The changes, applied.</returns>
    public static async Task<IReadOnlyList<SchemaChange>> ApplyAsync(
        IWarehouseSession session, IReadOnlyList<SchemaChange> plan, CancellationToken cancellationToken)
    {
        foreach (var change in plan)
            await ApplyAsync(session, change, cancellationToken);
        return [.. plan.Select(change => new SchemaChange(change.Action, change.Name, change.Sql, applied: true))];
    }

    /// <summary>Creates or upgrades the warehouse's own tables and views.</summary>
    /// <param name="includeSources">Whether the source tables are created too.</param>
    /// <param name="planOnly">Whether nothing is to be changed.</param>
    /// <param name="reporter">Hears what is done.</param>
    /// <returns>The changes made, or those that would be; empty where the schema is up to date.</returns>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>, <c>SchemaConflict</c>, <c>WarehouseTooNew</c>,
    /// <c>QueryFailed</c>.</exception>
    public async Task<IReadOnlyList<SchemaChange>> InitializeAsync(
        IWarehouse warehouse, bool includeSources, bool planOnly, IRunReporter reporter, CancellationToken cancellationToken)
    {
        UndeclaredPersonalData.RefuseInViews(catalog);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var plan = await PlanAsync(session, includeSources ? catalog.Tables : catalog.OwnTables, cancellationToken);
        reporter.Verbose($"{plan.Count} schema changes are needed in {warehouse.Location}.");
        return planOnly || plan.Count == 0 ? plan : await ApplyNotedAsync(session, plan, includeSources, cancellationToken);
    }

    // DDL is no part of a transaction; what was made before something failed has its entry too.
    private async Task<IReadOnlyList<SchemaChange>> ApplyNotedAsync(
        IWarehouseSession session, IReadOnlyList<SchemaChange> plan, bool includeSources, CancellationToken cancellationToken)
    {
        var parameters = new AuditParameters
        {
            { "include_sources", includeSources },
            { "changes", plan.Select(change => $"{change.Action} {change.Name}") },
            { "views_sha256", catalog.ViewsSha256 },
        };
        IReadOnlyList<SchemaChange> applied;
        try
        {
            applied = await ApplyAsync(session, plan, cancellationToken);
        }
        catch (Exception failure) when (failure is LoyaltyException or OperationCanceledException)
        {
            if (AuditLog.Tables.All((await SchemaReader.ReadAsync(session, CancellationToken.None)).ContainsKey))
                await (failure is LoyaltyException known
                    ? NoteAsync(AuditOutcome.Failed, known.ErrorId)
                    : NoteAsync(AuditOutcome.Cancelled, LoyaltyErrors.Cancelled.Id));
            throw;
        }

        await NoteAsync(AuditOutcome.Succeeded, errorId: null);
        return applied;

        Task NoteAsync(AuditOutcome outcome, string? errorId) => AuditLog.NoteAsync(
            session, AuditChain.Beside, new AuditDraft(AuditAction.Initialize, outcome, parameters, RunId: null, errorId),
            CancellationToken.None);
    }

    private static async Task ApplyAsync(IWarehouseSession session, SchemaChange change, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(change.Sql, cancellationToken);
        }
        catch (LoyaltyException failure) when (change.MaskingPolicy is not null && failure.Definition == LoyaltyErrors.QueryFailed)
        {
            throw LoyaltyErrors.SchemaConflict.Because(
                $"Column {change.Name} holds personal data, and could not be added with the masking policy {change.MaskingPolicy}, "
                    + $"without which readers would see it: {failure.Message}",
                change.Name,
                $"Have the administrator of {session.Dialect.Engine} run what Get-LoyaltyDeployment writes, which makes the policy and "
                    + "grants APPLY on it, then run again.",
                failure);
        }
    }

    // A view whose definition this role may not see belongs to another: who deployed it upgrades it.
    private static bool IsCurrent(CatalogTable view, TableShape? shape, string? definition, SqlDialect dialect) => shape is not null
        && view.Columns.All(column => dialect.IsStoredAs(column.Type, shape.Columns.GetValueOrDefault(column.Name)))
        && definition?.Contains(Ddl.ViewMark(view), StringComparison.OrdinalIgnoreCase) != false;

    private static IEnumerable<SchemaChange> PlanColumns(SqlDialect dialect, CatalogTable table, TableShape shape)
    {
        foreach (var column in table.Columns)
        {
            if (!shape.Columns.TryGetValue(column.Name, out var found))
            {
                yield return new SchemaChange(
                    SchemaAction.AddColumn, $"{table}.{column.Name}", Ddl.AddColumn(dialect, table, column), applied: false)
                {
                    MaskingPolicy = Ddl.MaskingPolicy(dialect, table, column),
                };
            }
            else if (!dialect.IsStoredAs(column.Type, found))
            {
                throw LoyaltyErrors.SchemaConflict.Because(
                    $"Column {table}.{column.Name} is {found} in the warehouse but {dialect.StoredTypeName(column.Type)} in the catalog.",
                    $"{table}.{column.Name}");
            }
        }
    }
}
