using CsCheck;
using LoyaltyPipeline.Core.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class SampleDeterminismTests
{
    private static readonly SyntheticDataOptions Small = new() { Users = 300, Days = 120, Seed = 7 };

    /// <summary>A change here means that every sample anybody ever made looks different from now on.</summary>
    [Theory]
    [InlineData(false, "bd7925425c0dcd1a617217a076fdcf21bd571eb76a0a0fa422937950e5902ce1")]
    [InlineData(true, "e336acc60f9903c704dfbb5ee9d73523a8e04ebdc3b86cfdb18ef319a28c272e")]
    public async Task A_seed_gives_the_same_bytes_on_every_machine_and_for_ever(bool dirty, string sha256)
    {
        var files = await SampleFiles.WriteAsync(Small with { Dirty = dirty });
        var actual = files.Sha256();
        Assert.True(actual.Equals(sha256, StringComparison.Ordinal), actual);
    }

    [Fact]
    public async Task The_number_of_threads_has_no_influence()
    {
        var alone = await SampleFiles.WriteAsync(Small with { Threads = 1, Dirty = true });
        var together = await SampleFiles.WriteAsync(Small with { Threads = 13, Dirty = true });
        Assert.Equal(alone.Sha256(), together.Sha256());
        Assert.Equal(alone.Result.Tables.Select(Describe), together.Result.Tables.Select(Describe), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Another_seed_gives_another_sample()
    {
        var one = await SampleFiles.WriteAsync(Small);
        var other = await SampleFiles.WriteAsync(Small with { Seed = 8 });
        foreach (var table in SourceSpec.Tables.Where(table => !table.Name.StartsWith("DW_C.", StringComparison.Ordinal)))
            Assert.NotEqual(one.Text(table.Name), other.Text(table.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Tables_and_columns_are_those_of_the_design()
    {
        var files = await SampleFiles.WriteAsync(Small with { Users = 1 });
        Assert.Equal(
            SourceSpec.Tables.Select(table => table.Name), files.Result.Tables.Select(table => table.Table), StringComparer.Ordinal);
        foreach (var table in SourceSpec.Tables)
            Assert.Equal(string.Join(',', table.Columns.Select(column => column.Name)), files.Text(table.Name).Split('\n')[0]);
    }

    [Fact]
    public void Random_numbers_stay_in_their_range() => Gen
        .Select(Gen.ULong, Gen.Long, Gen.Int[1, int.MaxValue]).Sample((stream, item, bound) =>
    {
        var random = new SyntheticRandom(stream, item);
        return Enumerable.Range(0, 20).All(_ => random.Next(bound) is var value && value >= 0 && value < bound);
    });

    [Theory]
    [InlineData(0, 365, 0)]
    [InlineData(10, 0, 0)]
    [InlineData(10, 4000, 0)]
    [InlineData(10, 365, -1)]
    public async Task Impossible_options_are_refused(int users, int days, int threads) => await Assert.ThrowsAsync<ArgumentException>(
        () => SampleFiles.WriteAsync(new SyntheticDataOptions { Users = users, Days = days, Threads = threads }));

    private static string Describe(SampleTableResult table) =>
        $"{table.Table} {table.Rows} {string.Join(',', table.Planted.Select(pair => $"{pair.Key}={pair.Value}"))}";
}
