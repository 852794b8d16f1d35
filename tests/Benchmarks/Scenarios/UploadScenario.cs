using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.S3Support;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// A gigabyte to an S3 server on this machine, as the files of a delivery and as one ready file by the SDK; and a delivery to it. Nothing
/// where there is no server.
/// </summary>
internal sealed class UploadScenario : IScenario
{
    private const int Files = 16;
    private const int Users = 2_000_000;

    public string Name => "upload";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        if (await S3Server.TryStartAsync() is not { } server)
        {
            Progress.Say(Name, $"skipped: {S3Server.UnavailableReason}");
            return [];
        }

        // The processes that are measured take their keys from the environment.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", server.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", server.SecretKey);
        var (parts, whole) = (workspace.PathOf("parts"), workspace.PathOf("whole"));
        UploadTask.Prepare(parts, Files, (1L << 30) / Files);
        UploadTask.Prepare(whole, 1, 1L << 30);
        var pairs = new List<(MeasuredRun Store, MeasuredRun Sdk)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"round {round}");
            var sdkFirst = round % 2 == 0;
            var sdk = sdkFirst
                ? await UploadTask.StartAsync(whole, await NewPlaceAsync(server), server.Endpoint, bySdk: true, cancellationToken)
                : null;
            var store = await UploadTask.StartAsync(parts, await NewPlaceAsync(server), server.Endpoint, bySdk: false, cancellationToken);
            sdk ??= await UploadTask.StartAsync(whole, await NewPlaceAsync(server), server.Endpoint, bySdk: true, cancellationToken);
            pairs.Add((store, sdk));
        }

        var audience = workspace.PathOf("audience.duckdb");
        await AudienceTask.StartAsync(audience, Users, cancellationToken);
        var delivery = await DeliveryTask.StartAsync(
            audience, await NewPlaceAsync(server), server.Endpoint, FileFormat.Csv, FileCompression.Gzip, isHashed: true,
            cancellationToken);
        Workspace.DeleteWarehouse(audience);
        return
        [
            new Figure(Name, "1 GB: rate / rate of TransferUtility", "x", [.. pairs.Select(pair => pair.Sdk.Seconds / pair.Store.Seconds)])
            {
                Target = new Target(0.9, AtLeast: true),
            },
            new Figure(Name, "1 GB: as files of a delivery", "s", [.. pairs.Select(pair => pair.Store.Seconds)]),
            new Figure(Name, "1 GB: TransferUtility, one file", "s", [.. pairs.Select(pair => pair.Sdk.Seconds)]),
            new Figure(Name, $"delivery of {Users} users to the server, Csv Gzip", "s", [delivery.Seconds]),
        ];
    }

    private static async Task<string> NewPlaceAsync(S3Server server) => $"s3://{await server.CreateBucketAsync()}/place";
}
