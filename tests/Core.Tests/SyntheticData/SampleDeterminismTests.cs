using CsCheck;
using LoyaltyPipeline.Core.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class SampleDeterminismTests
{
    private static readonly SyntheticDataOptions Small = new() { Users = 300, Days = 120, Seed = 7 };

    /// <summary>A change here means that every sample anybody ever made looks different from now on. Other files may come to it.</summary>
    [Theory]
    [InlineData(false, """
        DW_A.USER_PROFILE bd3b22fd868b645ba102fbec00c0037ac88e9149270ce2a98d9e68908b678f7c
        DW_A.USER_ACTIVITY 59f9646432d55867979a438cf2d73c79425361baf58ef54fcb9592877ff65dbc
        DW_A.ENGAGEMENT_SCORE 047fe306255b0cccc3543a92b992b6d9b77963cf0151635f3adaee7e3f726e8b
        DW_A.REPEAT_ENGAGEMENTS 7af3931ff0f2ab1bb0d6ea196c1c1076bf2e1bfa84c743e78e220e8fd877d4e3
        DW_B.FEATURE_ADOPTION 048706b1d60725727f3212c7b9775d611f7bc7a22b46a09894ac7e17ac8b5c6d
        DW_B.RETENTION_ACTION 41f499b631d07cfc4a692d256b76dbf2acdddd8941a8b6225fa072e944643f9c
        DW_B.SUPPORT_CALLS 8552badeb8043ca2196120e6de6d8b1a99440217bfbfb2db15f1990eed5766cc
        DW_B.SUPPORT_CHATS f400e29610c154c07a611fb34f4bcc88461c80c6e15a3c35d845f18236f44c20
        DW_B.ISSUE_TICKETS 48880f784a121583bd5562d306b67c2027a448f2beb0de0f95f4f32842ecd8c9
        DW_B.SERVICE_REQUESTS 9230965345ada156c8201cc2193b94f7ddc9599ca3a40e4b550a0d3f349f792c
        DW_B.PRODUCT_SUPPORT_USAGE 6400c901715085defc7e2a1e09eecd317bfb9c57f71fc7a4fd11c7bc1fb81bfe
        DW_C.REGION_METADATA d01983011e05ee306f60f7947f7bb4936adc2aad8af1571229d47d68e02f0e0c
        DW_C.REGION_THRESHOLDS 25b03aa14743094e857195789b99095699dadeef2fd30473e0df0ced3d7b9647
        """)]
    [InlineData(true, """
        DW_A.USER_PROFILE 2a00b6e90d8a90ad4ff55663678d5c12d49dacb6096eb3b494c2d589654a556e
        DW_A.USER_ACTIVITY 7708f65207439e4dd7697f026c43ccb5fc7642de251588fe7ab261dd501c5951
        DW_A.ENGAGEMENT_SCORE f4afbd22b62524a3055758ecd099b1f5509b4655b1207a864dd8b1b0bd586823
        DW_A.REPEAT_ENGAGEMENTS 674cbbcf18d36f9c753bbf954e56b8504097f4c07293f737a27e4bba5452faee
        DW_B.FEATURE_ADOPTION 00fa3ce8b39167ad58d20c7946136cadaa2284fe2463aaa6340d9ba9d65641cd
        DW_B.RETENTION_ACTION d6c17a6114e08634ced611fc44b2e75be2cc35875f3ad540f147b98d3a9f48bd
        DW_B.SUPPORT_CALLS 9478a16e86bdb4bc149d7ffea6eda64fe90d239a252c90b6267ee1794288c1ba
        DW_B.SUPPORT_CHATS ed20ef4926d142ebf00f4390b10889217bd8db715bce64ff76cb7664c9adaf5a
        DW_B.ISSUE_TICKETS f2a650f23775beab82a8ff1f2fc1113417ed8a6aecf2f87d9a2e075c910a7fc6
        DW_B.SERVICE_REQUESTS 744850207c678d69fec14ee94c0bfd58711ef919d7550b675e7adc1fe89f1eed
        DW_B.PRODUCT_SUPPORT_USAGE 6eb62f139360d510cfd0fd7b00b79ec7c58e8c58510a16d46368ef92ef07c67a
        DW_C.REGION_METADATA e7872dd8a5d26b3c56a08aeb2e3d2bbf12f760b533c31b84b88a48510714008f
        DW_C.REGION_THRESHOLDS ccbbff9e43d99c6f1ba13d2ab1e380508bbe8045a7162866adf92378f5314669
        """)]
    public async Task A_seed_gives_the_same_bytes_on_every_machine_and_for_ever(bool dirty, string hashes)
    {
        var files = await SampleFiles.WriteAsync(Small with { Dirty = dirty });

        var known = hashes.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(known, known.Select(line => line.Split(' ')[0]).Select(table => $"{table} {files.Sha256(table)}"));
    }

    [Fact]
    public async Task The_number_of_threads_has_no_influence()
    {
        var alone = await SampleFiles.WriteAsync(Small with { Threads = 1, Dirty = true });
        var together = await SampleFiles.WriteAsync(Small with { Threads = 13, Dirty = true });
        Assert.All(SourceConditions.Tables, table => Assert.Equal(alone.Sha256(table.Name), together.Sha256(table.Name)));
        Assert.Equal(alone.Result.Tables.Select(Describe), together.Result.Tables.Select(Describe), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Another_seed_gives_another_sample()
    {
        var one = await SampleFiles.WriteAsync(Small);
        var other = await SampleFiles.WriteAsync(Small with { Seed = 8 });
        foreach (var table in SourceConditions.Tables.Where(table => !table.Name.StartsWith("DW_C.", StringComparison.Ordinal)))
            Assert.NotEqual(one.Text(table.Name), other.Text(table.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Tables_and_columns_are_those_of_the_design()
    {
        var files = await SampleFiles.WriteAsync(Small with { Users = 1 });
        Assert.Equal(
            SourceConditions.Tables.Select(table => table.Name), files.Result.Tables.Select(table => table.Table), StringComparer.Ordinal);
        foreach (var table in SourceConditions.Tables)
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
