using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>
/// Which of several rows of one key an import takes, whether the warehouse reads files itself or another engine reads them for it.
/// </summary>
public sealed class ImportContestTests : IDisposable
{
    private readonly TemporaryFolder _landing = new();

    public static TheoryData<string> Engines => EngineWarehouse.All;

    public void Dispose() => _landing.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_row_that_belongs_to_nobody_takes_no_place(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-06-01')");
        await ImportAsync(
            test, "USER_ACTIVITY.csv",
            "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n5,1,login,1998-06-01\n5,99,login,1998-06-02\n6,98,login,1998-06-01\n6,99,login,1998-06-02\n");

        Assert.Equal(["5|1", "6|99"], await test.RowsAsync("SELECT ACTIVITY_ID, USER_ID FROM DW_A.USER_ACTIVITY ORDER BY 1"));
    }

    // A slip in the year would be the newest for years.
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_row_of_a_day_to_come_takes_no_place(string engine)
    {
        const string Usable = "1,usable,plus,active,false,1998-01-01,1998-06-01\n";
        const string ToCome = "1,slip,plus,active,true,1998-01-01,2962-06-01\n";
        foreach (var files in new[] { new[] { Usable + ToCome }, [ToCome + Usable], [Usable, ToCome], [ToCome, Usable] })
        {
            await using var test = await EngineWarehouse.CreateAsync(engine);
            await test.InitializeAsync();
            foreach (var file in files)
                await ImportAsync(
                    test, "USER_PROFILE.csv",
                    "USER_ID,EMAIL,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n" + file);
            Assert.Equal(["usable"], await test.RowsAsync("SELECT EMAIL FROM DW_A.USER_PROFILE"));
            if (files.Length == 1)
                Assert.Contains(
                    "UPDATED_AT lies in the future",
                    Assert.Single(await test.RowsAsync($"SELECT DETAIL FROM LOYALTY.QUARANTINE WHERE RULE = '{RejectionRule.Duplicate}'")),
                    StringComparison.Ordinal);
            else
                Assert.Single(
                    test.Reporter.Warnings, warning => warning.Contains("UPDATED_AT that lies in the future", StringComparison.Ordinal));
        }
    }

    private async Task ImportAsync(EngineWarehouse test, string name, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_landing.Path, name), text, EngineWarehouse.Token);
        foreach (var group in new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(_landing.Path, table: null))
            await new SourceImporter(test.Pipeline).ImportAsync(
                test.Warehouse, group.Key, [.. group], new ImportOptions(MaxRejected: TestWarehouse.AnyNumber), test.Reporter,
                EngineWarehouse.Token);
    }
}
