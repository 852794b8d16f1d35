using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>What stands for NULL in a CSV file.</summary>
public sealed class NullTokenTests
{
    // The last row makes the file one that is read record by record.
    [Theory]
    [InlineData("")]
    [InlineData("\"oops\n")]
    public async Task Backslash_N_is_null_and_in_quotes_a_text(string more)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("USER_PROFILE.csv", $$"""
            USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT
            1,\N,"\N",x\N,,plus,active,true,1998-06-01,1998-06-01
            {{more}}
            """.TrimEnd() + "\n"));
        Assert.Equal([@"NULL|\N|x\N|NULL"], await test.RowsAsync("SELECT EMAIL, FULL_NAME, PHONE, REGION_CODE FROM DW_A.USER_PROFILE"));
        Assert.Equal(more.Length > 0 ? 1 : 0, (await test.QuarantineAsync()).Count);
    }

    [Theory]
    [InlineData("1,1998-06-01,n/a,4\n")]
    [InlineData("1,1998-06-01,NULL,4\n")]
    [InlineData("1,1998-06-01,-,4\n")]
    public async Task More_tokens_come_from_the_parameter_and_from_the_configuration(string row)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var config = test.Write("pipeline.yml", "imports:\n  null_tokens: [NULL, '-']\n");
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, config);
        var path = test.Write("USER_ACTIVITY.csv", $"USER_ID,ACTIVITY_AT,AMOUNT,ACTIVITY_ID,ACTIVITY_TYPE\n{row.TrimEnd()},login\n");
        var files = new LandingFolder(pipeline.Catalog, _ => { }).Find(path, table: null).Single();
        await new SourceImporter(pipeline).ImportAsync(
            test.Warehouse, files.Key, [.. files], new ImportOptions { NullTokens = ["n/a"] }, test.Reporter, TestWarehouse.Token);
        Assert.Equal(["4|NULL"], await test.RowsAsync("SELECT ACTIVITY_ID, AMOUNT FROM DW_A.USER_ACTIVITY"));
    }
}
