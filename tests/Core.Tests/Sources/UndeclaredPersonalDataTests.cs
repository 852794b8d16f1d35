using System.Globalization;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>An import warns of personal data in a column that the catalog does not declare, once, and repeats nothing of it.</summary>
public sealed class UndeclaredPersonalDataTests
{
    private const string Header = "USER_ID,FEATURE_NAME,MODULE_NAME,FIRST_USED_AT,LAST_USED_AT,USE_COUNT\n";

    [Theory]
    [InlineData(50, ImportMode.Replace)]
    [InlineData(50, ImportMode.Append)]
    [InlineData(20_000, ImportMode.Upsert)]
    public async Task Addresses_in_the_place_of_another_value(int rows, ImportMode mode)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var file = test.Write("FEATURE_ADOPTION.csv", Header + Rows(rows, user => $"ada{user}@example.org"));

        await test.ImportAsync(file, new ImportOptions(mode));
        AssertWarned(test, 1);
        // Into rows that are stored, by the other way.
        await test.ImportAsync(file, new ImportOptions(ImportMode.Upsert));
        AssertWarned(test, 2);
    }

    [Fact]
    public async Task Declared_columns_and_ordinary_values_are_no_word_worth()
    {
        await using var test = await TestWarehouse.CreateAsync();

        await test.ImportAsync(test.Write("FEATURE_ADOPTION.csv", Header + Rows(3000, user => $"feature-{user % 40}")));
        await test.ImportAsync(test.Write(
            "USER_PROFILE.csv",
            "USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n" + string.Concat(Enumerable.Range(1, 100).Select(user =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{user},ada{user}@example.org,Ada Byron,+4930901{user:000},DE,plus,active,true,1998-01-01,1998-06-01\n")))));

        Assert.DoesNotContain(test.Reporter.Warnings, IsOurs);
    }

    private static void AssertWarned(TestWarehouse test, int times)
    {
        var warnings = test.Reporter.Warnings.Where(IsOurs).ToList();
        Assert.Equal(times, warnings.Count);
        var warning = warnings[^1];
        Assert.Contains("DW_B.FEATURE_ADOPTION seems to hold", warning, StringComparison.Ordinal);
        Assert.Contains(": FEATURE_NAME (Email).", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("example", warning, StringComparison.Ordinal);
    }

    private static bool IsOurs(string warning) => warning.Contains("personal data", StringComparison.Ordinal);

    private static string Rows(int rows, Func<int, string> feature) =>
        string.Concat(
            Enumerable.Range(1, rows)
                .Select(
                    user => string.Create(
                        CultureInfo.InvariantCulture, $"{user},{feature(user)},Insights,1998-01-01,1998-06-01,{user % 7 + 1}\n")));
}
