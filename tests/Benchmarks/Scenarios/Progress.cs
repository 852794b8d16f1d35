namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>Tells whoever waits how far the benchmarks are; apart from the report, on standard error.</summary>
internal static class Progress
{
    public static void Say(string scenario, string what) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {scenario}: {what}");
}
