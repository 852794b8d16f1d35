using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Tests.Conformance;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Before anything is written it is known whether a stage can be used, and why not.</summary>
public sealed class StageCheckTests
{
    [Theory]
    [InlineData("@MARKETING_STAGE", "LOYALTY.MARKETING_STAGE", "", "@LOYALTY.MARKETING_STAGE/k")]
    [InlineData("@marketing_stage/loyalty/", "LOYALTY.marketing_stage", "loyalty", "@LOYALTY.marketing_stage/loyalty/k")]
    [InlineData("@S.T/a/b=c/d-e.f_g", "S.T", "a/b=c/d-e.f_g", "@S.T/a/b=c/d-e.f_g/k")]
    [InlineData("@D.S.T$1/", "D.S.T$1", "", "@D.S.T$1/k")]
    public void A_place_in_a_stage_is_read(string text, string stage, string path, string location)
    {
        var read = StageLocation.Parse(text);

        Assert.Equal((stage, path, location), (read.Stage, read.Path, read.At("k")));
        Assert.Equal(read, StageLocation.Parse(read.ToString()));
    }

    [Theory]
    [InlineData("MARKETING_STAGE")]
    [InlineData("@")]
    [InlineData("@~/loyalty")]
    [InlineData("@%MASTER")]
    [InlineData("@A.B.C.D")]
    [InlineData("@\"S\"/x")]
    [InlineData("@S/a b")]
    [InlineData("@S/a'b")]
    [InlineData("@S//a")]
    [InlineData("@S/a\n")]
    [InlineData("s3://bucket/x")]
    public void What_is_none_is_refused(string text)
    {
        Assert.False(StageLocation.TryParse(text, out _));
        Assert.Equal(LoyaltyErrors.StageInvalid, Assert.Throws<LoyaltyException>(() => StageLocation.Parse(text)).Definition);
    }

    [Theory]
    [InlineData("s3://bucket/out/", "", "s3://bucket/out")]
    [InlineData("s3://bucket/out", "/in", "s3://bucket/out/in")]
    [InlineData("s3://bucket", "/in/side", "s3://bucket/in/side")]
    [InlineData("s3://bucket/", "", "S3://bucket")]
    [InlineData("s3compat://bucket/out/", "/in", "s3://bucket/out/in")]
    [InlineData("s3gov://bucket/", "/in", "s3://bucket/in")]
    public async Task A_stage_at_the_destination_can_be_used(string url, string path, string destination)
    {
        Assert.Null(await FailureAsync(url, $"@MARKETING_STAGE{path}", destination));
    }

    [Theory]
    [InlineData("s3://bucket/out/", "/in", "s3://bucket/out", "it lies at s3://bucket/out/in and the destination is s3://bucket/out")]
    [InlineData("s3://bucket/out/", "", "s3://bucket/output", "it lies at s3://bucket/out and the destination is s3://bucket/output")]
    [InlineData("s3://bucket/out/", "", "s3://Bucket/out", "it lies at")]
    [InlineData("s3://bucket/out/", "", "out", "the destination is ")]
    [InlineData("azure://account.blob.core.windows.net/out/", "", "s3://bucket/out", "is not on S3")]
    [InlineData(null, "", "s3://bucket/out", "it is inside Snowflake")]
    public async Task One_elsewhere_cannot(string? url, string path, string destination, string reason)
    {
        var failure = await FailureAsync(url, $"@MARKETING_STAGE{path}", destination);

        Assert.Equal(LoyaltyErrors.StageInvalid, failure!.Definition);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_is_named()
    {
        var failure = await FailureAsync("s3://bucket/out", "@ANALYTICS.LOYALTY.OTHER", "s3://bucket/out");

        Assert.Equal(LoyaltyErrors.StageInvalid, failure!.Definition);
        Assert.Contains("ANALYTICS.LOYALTY.OTHER", failure.Message, StringComparison.Ordinal);
        Assert.Contains("grant USAGE", failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FileFormat.Parquet)]
    [InlineData(FileFormat.JsonLines)]
    public async Task A_format_that_the_engine_writes_otherwise_than_promised_is_refused(FileFormat format)
    {
        var failure = await FailureAsync("s3://bucket/out", "@MARKETING_STAGE", "s3://bucket/out", format);

        Assert.Equal(LoyaltyErrors.StageInvalid, failure!.Definition);
        Assert.Contains($"does not write {format}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_without_stages_says_so_and_nothing_is_written()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        scene.Consumer = scene.Consumer with { Stage = StageLocation.Parse("@MARKETING_STAGE") };

        var error = await scene.RefusedAsync("StageInvalid");

        Assert.Contains("DuckDB has no stages", error.Message, StringComparison.Ordinal);
        Assert.Equal("StageInvalid", (await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync(planOnly: true))).ErrorId);
    }

    private static async Task<LoyaltyException?> FailureAsync(
        string? url, string stage, string destination, FileFormat format = FileFormat.Csv)
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        var address = url is null ? string.Empty : $" URL = '{url}' ENDPOINT = 'storage.example.com'";
        await test.ExecuteAsync("CREATE SCHEMA LOYALTY", $"CREATE STAGE LOYALTY.MARKETING_STAGE{address}");
        await using var session = await test.Warehouse.OpenSessionAsync(EngineWarehouse.Token);
        var consumer = new Consumer
        {
            Name = "Marketing",
            Segment = EngagementSegment.HighlyEngaged,
            Format = format,
            Stage = StageLocation.Parse(stage),
        };
        return await Record.ExceptionAsync(
            () => StageCheck.DemandAsync(
                session, consumer, consumer.Stage, DestinationText.Resolve(destination, Path.GetTempPath()),
                EngineWarehouse.Token)) is { } failure ? Assert.IsType<LoyaltyException>(failure) : null;
    }
}
