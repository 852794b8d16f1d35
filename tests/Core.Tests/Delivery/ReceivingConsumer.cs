using LoyaltyPipeline.Core.Delivery;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>One who is delivered to: reads what latest.json leads to, puts a Full in place of what it has and adds a Diff to it.</summary>
internal sealed class ReceivingConsumer(DeliveryScene scene)
{
    private string? _seen;

    /// <summary>What it has, by user.</summary>
    public SortedDictionary<long, string> Rows { get; } = [];

    /// <summary>Looks whether there is something new.</summary>
    /// <param name="result">The delivery that was made last.</param>
    public async Task ReceiveAsync(DeliveryResult result)
    {
        var latest = scene.Latest()!;
        Assert.Equal(result.DeliveryId, latest.DeliveryId);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
        if (_seen == latest.DeliveryId)
            return;
        _seen = latest.DeliveryId;
        var manifest = DeliveryScene.ManifestOf(result);
        if (manifest.Mode == DeliveryMode.Full)
            Rows.Clear();
        foreach (var row in await DeliveredRows.ReadAsync(scene.Test, result))
        {
            var user = long.Parse(row["USER_ID"]!, System.Globalization.CultureInfo.InvariantCulture);
            var text = DeliveredRows.Describe([row.Where(cell => cell.Key != "CHANGE").ToDictionary()]).Single();
            switch (manifest.Mode == DeliveryMode.Full ? "added" : row["CHANGE"])
            {
                case "added":
                    Assert.True(Rows.TryAdd(user, text), $"{user} was there already");
                    break;
                case "changed":
                    Assert.True(Rows.ContainsKey(user), $"{user} was not there");
                    Rows[user] = text;
                    break;
                default:
                    Assert.True(Rows.Remove(user), $"{user} was not there");
                    break;
            }
        }
    }

    /// <summary>What it would have if everything were delivered anew, to another place.</summary>
    public async Task<IEnumerable<string>> FreshAsync()
    {
        var consumer = scene.Consumer;
        try
        {
            scene.Consumer = consumer with { Destination = Path.Combine(scene.Test.Folder, Guid.NewGuid().ToString("N")) };
            return DeliveredRows.Describe(await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync()));
        }
        finally
        {
            scene.Consumer = consumer;
        }
    }
}
