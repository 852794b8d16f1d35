using System.Globalization;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Crashes;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>Kills imports, merges, replays and compressions at random moments; only where a number of kills is given.</summary>
internal sealed class KillScenario : IScenario
{
    public string Name => "kills";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        if (options.Kills == 0)
            return [];
        var works = KillExperiment.Works.ToList();
        var figures = new List<Figure>();
        for (var index = 0; index < works.Count; index++)
        {
            var kills = (options.Kills / works.Count) + (index < options.Kills % works.Count ? 1 : 0);
            var seed = Random.Shared.Next();
            Progress.Say(Name, string.Create(CultureInfo.InvariantCulture, $"{works[index]}, {kills} times, seed {seed}"));
            var results = await KillExperiment.RunAsync(works[index], kills, seed, cancellationToken);
            foreach (var failure in results.Where(result => result.Failure is not null))
                Progress.Say(Name, failure.ToString());
            figures.Add(new Figure(
                Name, $"failures after {kills} kills of {works[index]}", "", [results.Count(result => result.Failure is not null)])
            {
                Target = new Target(0),
                Parts = results.GroupBy(result => $"{result.UnitsDone} units done", StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => (double)group.Count(), StringComparer.Ordinal),
            });
        }

        return figures;
    }
}
