namespace LoyaltyPipeline.Core.Tests.SyntheticData;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("loyalty-sample-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
