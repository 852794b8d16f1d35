using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Queries;

/// <summary>What the engine that comes with the module could do beside reading tables: each of it is known, and off or refused.</summary>
public sealed class EngineBoundsTests
{
    // They yield another value each time, and touch nothing.
    private static readonly string[] Harmless =
        ["current_connection_id", "current_query", "current_query_id", "current_transaction_id", "error", "gen_random_uuid", "random",
            "stats", "uuid", "uuidv4", "uuidv7"];

    [Fact]
    public async Task Nothing_is_installed_or_loaded_by_itself()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);

        Assert.Equal(
            ["false|false"],
            await test.RowsAsync(
                "SELECT CAST(current_setting('autoinstall_known_extensions') AS VARCHAR), CAST(current_setting('autoload_known_extensions') AS VARCHAR)"));
    }

    [Fact]
    public async Task Functions_with_effects_are_refused()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        var functions = await test.RowsAsync(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro') AND stability = 'VOLATILE' ORDER BY 1");

        Assert.NotEmpty(functions);
        Assert.Equal(Harmless, functions.Where(function => UserQuery.TryRead($"SELECT {function}()", out _, out _)));
    }

    [Fact]
    public async Task Of_functions_that_yield_rows_only_those_that_make_numbers_and_unfold_lists_are_let_in()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        var functions = await test.RowsAsync(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro') ORDER BY 1");

        Assert.Equal(
            ["generate_series", "range", "unnest"],
            functions.Where(function => UserQuery.TryRead($"SELECT 1 FROM {function}()", out _, out _)));
    }
}
