using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Deployment;

/// <summary>
/// Writes the script with which a database administrator sets a warehouse up, from the catalog and the settings. Each statement can be run
/// again.
/// </summary>
public static class DeploymentScript
{
    private static readonly Dictionary<string, Func<PipelineDefinition, DeploymentTarget, IEnumerable<string>>> Writers = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [DuckDbDialect.Name] = (pipeline, target) => Schema(pipeline.Catalog, DuckDbDialect.Instance, target),
        [SnowflakeDialect.Name] = (pipeline, target) => new SnowflakeDeployment(pipeline, target).Write(),
    };

    /// <summary>The engines there is a script for.</summary>
    public static IReadOnlyCollection<string> Engines => Writers.Keys;

    /// <summary>Writes a script.</summary>
    /// <exception cref="LoyaltyException"><c>ConfigInvalid</c>: a name cannot stand in SQL; <c>CatalogInvalid</c>: a view shows undeclared
    /// personal data.</exception>
    public static string Write(PipelineDefinition pipeline, string engine, DeploymentTarget target)
    {
        foreach (var name in new[] { target.Database, target.VirtualWarehouse }.Where(name => !Identifier.IsValid(name.ToUpperInvariant())))
            throw LoyaltyErrors.ConfigInvalid.Because(
                $"'{name}' is no name that can stand in SQL without quotes.", name, "Write letters, digits and _.");
        UndeclaredPersonalData.RefuseInViews(pipeline.Catalog);
        return string.Join("\n\n", Writers[engine](pipeline, target)) + "\n";
    }

    /// <summary>The statements that make schemas, tables and views.</summary>
    /// <returns>The statements, each with a semicolon.</returns>
    internal static IEnumerable<string> Schema(LoyaltyCatalog catalog, SqlDialect dialect, DeploymentTarget target)
    {
        var tables = target.IncludeSources ? catalog.Tables : catalog.OwnTables;
        foreach (var schema in tables.Select(table => table.Name.Schema).Distinct(StringComparer.Ordinal))
            yield return $"{Ddl.CreateSchema(schema)};";
        foreach (var table in tables.Where(table => table.Kind != TableKind.View))
            yield return $"-- {table.Description}\n{Ddl.CreateTable(dialect, table).Replace(" (", " (\n    ", StringComparison.Ordinal)};";
        yield return $"{AuditHead.SeedSql};";
        yield return $"{SchemaVersion.SeedSql};";
        yield return $"{LockRow.SeedSql};";
        foreach (var view in tables.Where(table => table.Kind == TableKind.View && Ddl.IsMade(dialect, table)))
            yield return $"-- {view.Description}\n{Ddl.CreateView(dialect, view)};";
    }
}
