using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Samples;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>Which of several rows of one key an import takes, whether the warehouse reads files itself or another engine reads them for it.</summary>
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
        await test.ExecuteAsync("INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-06-01')");
        await File.WriteAllTextAsync(
            Path.Combine(_landing.Path, "USER_ACTIVITY.csv"),
            "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n5,1,login,1998-06-01\n5,99,login,1998-06-02\n6,98,login,1998-06-01\n6,99,login,1998-06-02\n",
            EngineWarehouse.Token);

        foreach (var group in new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(_landing.Path, table: null))
            await new SourceImporter(test.Pipeline).ImportAsync(test.Warehouse, group.Key, [.. group], new ImportOptions(MaxRejected: TestWarehouse.AnyNumber), test.Reporter, EngineWarehouse.Token);

        Assert.Equal(["5|1", "6|99"], await test.RowsAsync("SELECT ACTIVITY_ID, USER_ID FROM DW_A.USER_ACTIVITY ORDER BY 1"));
    }
}
