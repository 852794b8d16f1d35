using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>
/// What an engine says of a value that it cannot take has the value in it. Errors, the log of runs and results of checks do not.
/// </summary>
public sealed class ValueShownTests
{
    [Theory]
    [InlineData(
        "Conversion Error: Could not convert string 'max@x.de' to INT32\n\nLINE 1: SELECT CAST(a AS INTEGER) FROM 't'\n   ^",
        "Conversion Error: Could not convert string '…' to INT32")]
    [InlineData(
        "Conversion Error: Could not convert string 'it''s ' or \" and\nmore' to DATE",
        "Conversion Error: Could not convert string '…' to DATE")]
    [InlineData("Conversion Error: Could not convert string 'never ends", "Conversion Error: Could not convert string '…'")]
    [InlineData(
        "Constraint Error: Duplicate key \"EMAIL: max@x.de\" violates primary key constraint.",
        "Constraint Error: Duplicate key '…' violates primary key constraint.")]
    [InlineData(
        "Invalid Input Error: Could not parse string \"max@x.de\" according to format specifier",
        "Invalid Input Error: Could not parse string '…' according to format specifier")]
    [InlineData("Numeric value 'max@x.de' is not recognized", "Numeric value '…' is not recognized")]
    [InlineData(
        "Binder Error: Referenced column \"NO_SUCH\" not found in FROM clause!",
        "Binder Error: Referenced column \"NO_SUCH\" not found in FROM clause!")]
    public void A_value_is_hidden_and_what_is_said_of_statements_stays(string said, string shown) =>
        Assert.Equal(shown, ValueShown.Hide(said));

    [Theory]
    [InlineData("SELECT CAST(EMAIL AS INTEGER) FROM (SELECT 'max@x.de' AS EMAIL FROM range(2)) AS p")]
    [InlineData("SELECT strptime(EMAIL, '%Y') FROM (SELECT 'max@x.de' || range AS EMAIL FROM range(2)) AS p")]
    [InlineData("CREATE TEMP TABLE t(E VARCHAR PRIMARY KEY); INSERT INTO t SELECT 'max@x.de' FROM range(2)")]
    [InlineData("SELECT CAST(EMAIL AS TIMESTAMP) FROM (SELECT 'max@x.de' || range AS EMAIL FROM range(2)) AS p")]
    [InlineData("SELECT CAST(EMAIL AS BOOLEAN) FROM (SELECT 'max@x.de' || range AS EMAIL FROM range(2)) AS p")]
    [InlineData("SELECT json_extract(EMAIL, '$.a') FROM (SELECT 'max@x.de' || range AS EMAIL FROM range(2)) AS p")]
    public async Task No_failure_of_the_engine_says_it(string statement)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ExecuteAsync(statement));
        Assert.Equal(LoyaltyErrors.QueryFailed, error.Definition);
        Assert.DoesNotContain("max@x", error.ToString(), StringComparison.Ordinal);
    }
}
