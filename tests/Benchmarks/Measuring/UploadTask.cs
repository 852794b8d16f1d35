using System.Diagnostics;
using System.Globalization;
using Amazon.S3;
using Amazon.S3.Transfer;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Uploads files to S3, several at once as a delivery does, or one file by the SDK's TransferUtility with its defaults.</summary>
internal static class UploadTask
{
    public const string Name = "upload";

    private const int FilesAtOnce = 6;

    public static Task<MeasuredRun> StartAsync(
        string folder, string destination, Uri endpoint, bool bySdk, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["folder"] = folder,
            ["destination"] = destination,
            ["endpoint"] = endpoint.AbsoluteUri,
            ["by-sdk"] = bySdk.ToString(),
        },
        cancellationToken);

    /// <summary>Makes files that do not compress, in a folder that must not exist.</summary>
    public static void Prepare(string folder, int files, long bytes)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(files);
        var block = new byte[1 << 20];
        for (var number = 0; number < files; number++)
        {
            using var file = File.Create(Path.Combine(folder, number.ToString("00", CultureInfo.InvariantCulture)));
            for (long written = 0; written < bytes; written += block.Length)
            {
                random.NextBytes(block);
                file.Write(block, 0, (int)Math.Min(block.Length, bytes - written));
            }
        }
    }

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(arguments["folder"]);
        var clock = Stopwatch.StartNew();
        if (bool.Parse(arguments["by-sdk"]))
            await UploadBySdkAsync(files.Single(), arguments, cancellationToken);
        else
            await UploadAsync(files, arguments, cancellationToken);
        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, files.Sum(file => new FileInfo(file).Length));
    }

    private static async Task UploadAsync(string[] files, ArgumentMap arguments, CancellationToken cancellationToken)
    {
        await using var store = ObjectStores.Open(
            arguments["destination"], new S3Settings { EndpointUrl = new Uri(arguments["endpoint"]), Region = "default" });
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken },
            async (file, token) => await store.UploadAsync(Path.GetFileName(file), file, "application/octet-stream", _ => { }, token));
    }

    private static async Task UploadBySdkAsync(string file, ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var destination = new Uri(arguments["destination"]);
        using var client = new AmazonS3Client(
            new AmazonS3Config { ServiceURL = arguments["endpoint"], AuthenticationRegion = "default", ForcePathStyle = true });
        using var transfer = new TransferUtility(client);
        await transfer.UploadAsync(file, destination.Host, destination.AbsolutePath.TrimStart('/') + "/one", cancellationToken);
    }
}
