using LoyaltyPipeline.Benchmarks;
using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    signal.Cancel = true;
    interruption.Cancel();
};

try
{
    if (args is [MeasuredTasks.Verb, var task, .. var taskArguments])
    {
        Console.WriteLine((await MeasuredTasks.RunAsync(task, new ArgumentMap(taskArguments), interruption.Token)).ToJson());
        return 0;
    }

    var options = BenchmarkOptions.Parse(args);
    var report = await Benchmark.RunAsync(options, interruption.Token);
    Console.WriteLine(ReportText.Of(report));
    ReportFile.Write(report, options.Out);
    Console.WriteLine($"Written to {options.Out}");
    return report.Figures.All(figure => figure.Passed != false) ? 0 : 1;
}
catch (UsageException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
    return 2;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return 130;
}
