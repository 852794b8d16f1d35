using System.Text.Json;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>Prepares statements against a schema, and tells the shape of their plans.</summary>
internal sealed class StatementPlans : IAsyncDisposable
{
    private readonly EmbeddedEngine _engine;

    private StatementPlans(EmbeddedEngine engine) => _engine = engine;

    /// <summary>Opens an engine with the tables of a catalog in it.</summary>
    public static async Task<StatementPlans> OpenAsync(CatalogSchema schema, CancellationToken cancellationToken)
    {
        var engine = await EmbeddedEngine.OpenAsync(cancellationToken);
        try
        {
            await schema.CreateAsync(engine, cancellationToken);
            return new StatementPlans(engine);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>The operators of a plan, each with those below it.</summary>
    /// <returns>The plan, or why there is none.</returns>
    public async Task<(string? Plan, string? Problem)> ExplainAsync(string statement, CancellationToken cancellationToken)
    {
        try
        {
            var plans = await _engine.Session.ListAsync(
                $"EXPLAIN (FORMAT json) {statement}", [], reader => reader.GetString(1), cancellationToken);
            using var plan = JsonDocument.Parse(plans[0]);
            return (ShapeOf(plan.RootElement), null);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            return (null, exception.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string ShapeOf(JsonElement node) => node.ValueKind == JsonValueKind.Array
        ? string.Join(", ", node.EnumerateArray().Select(ShapeOf))
        : $"{node.GetProperty("name").GetString()}({ShapeOf(node.GetProperty("children"))})";
}
