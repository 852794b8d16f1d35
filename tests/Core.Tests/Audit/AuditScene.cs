using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Conformance;

namespace LoyaltyPipeline.Core.Tests.Audit;

/// <summary>A warehouse of an engine in which some runs have noted what they did: 3 in the chain Runs, and beside them as many.</summary>
internal sealed class AuditScene : IAsyncDisposable
{
    private AuditScene(EngineWarehouse test) => Test = test;

    public EngineWarehouse Test { get; }

    public static async Task<AuditScene> CreateAsync(string engine)
    {
        var scene = new AuditScene(await EngineWarehouse.CreateAsync(engine));
        await scene.Test.InitializeAsync();
        for (var run = 0; run < 3; run++)
            await scene.ReleaseAsync();
        await scene.VerifyAsync(keep: true);
        return scene;
    }

    /// <summary>A run that holds the lock and changes nothing but the logs.</summary>
    public Task<IReadOnlyList<ErasureResult>> ReleaseAsync() => new UserEraser(Test.Pipeline).ReleaseAsync(
        Test.Warehouse, new EraseOptions([1]), Test.Reporter, EngineWarehouse.Token);

    /// <summary>Verifies the trail, as a test run that is itself noted where its results are kept.</summary>
    public async Task<CheckResult> VerifyAsync(bool keep = false) => (await new IntegrityRunner(Test.Pipeline).RunAsync(
        Test.Warehouse, new IntegrityOptions { Checks = ["LOYALTY.AUDIT.chain"], KeepResults = keep }, Test.Reporter,
        EngineWarehouse.Token))[0];

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
