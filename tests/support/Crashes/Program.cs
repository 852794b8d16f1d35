using LoyaltyPipeline.Crashes;
using LoyaltyPipeline.Crashes.Deliveries;
using LoyaltyPipeline.Crashes.Works;

if (args is [DeliveryJob.Name, var file, var destination, var endpoint, var profiles])
{
    Console.WriteLine(Victim.Ready);
    await new DeliveryJob(file, destination, endpoint, profiles).RunAsync(CancellationToken.None);
    return 0;
}

if (args is not [var name, var warehouse, var landing] || Work.All.FirstOrDefault(work => work.Name == name) is not { } chosen)
{
    await Console.Error.WriteLineAsync(
        $"Usage: LoyaltyPipeline.Crashes {string.Join('|', Work.All.Select(work => work.Name))} <warehouse> <landing folder>");
    return 2;
}

// From here on the parent may kill.
Console.WriteLine(Victim.Ready);
await foreach (var _ in chosen.RunAsync(warehouse, landing, CancellationToken.None))
{
    // What each unit yields does not matter here.
}

return 0;
