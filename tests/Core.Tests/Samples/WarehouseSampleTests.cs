using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Samples;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Samples;

/// <summary>The log keeps who filled source tables with a sample, and what was in them before.</summary>
public sealed class WarehouseSampleTests
{
    [Fact]
    public async Task A_sample_is_a_run_that_says_what_it_replaced()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var first = await WriteAsync(test, users: 20, replace: false);
        var second = await WriteAsync(test, users: 30, replace: true);

        var runs = await RunReader.ReadAsync(test.Warehouse, new RunQuery(), TestWarehouse.Token);
        Assert.Equal(
            [(second.RunId!, RunKind.Import, RunStatus.Succeeded, second.Rows, first.Rows), (first.RunId!, RunKind.Import, RunStatus.Succeeded, first.Rows, 0)],
            runs.Select(run => (run.RunId, run.Kind, run.Status, run.Inserted, run.Deleted)));
        Assert.Equal(["Empty", "Write"], runs[0].Steps.Select(step => step.Step));
    }

    [Fact]
    public async Task What_imports_rejected_of_the_rows_that_are_gone_is_no_longer_open()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE.csv", "USER_ID,SCORE_DATE,SCORE\n1,2024-03-01,101\n"));
        Assert.Single(await OpenAsync());

        await WriteAsync(test, users: 20, replace: true);

        Assert.Empty(await OpenAsync());

        async Task<List<QuarantinedRow>> OpenAsync()
        {
            var rows = new List<QuarantinedRow>();
            await foreach (var row in QuarantineReader.ReadAsync(test.Warehouse, new QuarantineQuery(OpenOnly: true), TestWarehouse.Token))
                rows.Add(row);
            return rows;
        }
    }

    private static Task<SampleResult> WriteAsync(TestWarehouse test, int users, bool replace) =>
        new WarehouseSample(test.Pipeline).WriteAsync(test.Warehouse, new SampleOptions { Users = users, Days = 30 }, replace, wait: null, test.Reporter, TestWarehouse.Token);
}
