using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.SnowflakeSupport.Stages;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>Lets the test server's external stages lie in a bucket of a real S3 server.</summary>
internal sealed class StoreLocation(IObjectStore store) : IExternalLocation
{
    /// <summary>What becomes of a file before it is stored; whether it is stored at all.</summary>
    public Func<string, bool> OnPut { get; set; } = _ => true;

    public IReadOnlyList<ExternalFile> List(string prefix) => Wait(async () =>
        (IReadOnlyList<ExternalFile>)await store.ListAsync(prefix, TestWarehouse.Token)
            .Select(entry => new ExternalFile(entry.Key, entry.Bytes, "tag", entry.ModifiedAt)).ToListAsync(TestWarehouse.Token));

    public void Put(string path, string localFile)
    {
        if (!OnPut(localFile))
            return;
        // The store may take the file for its own, and the server wants to remove it.
        var copy = localFile + ".copy";
        File.Copy(localFile, copy, overwrite: true);
        Wait(async () =>
        {
            await store.UploadAsync(path, copy, "application/octet-stream", _ => { }, TestWarehouse.Token);
            return 0;
        });
        File.Delete(copy);
    }

    public void Delete(string path) => Wait(async () =>
    {
        await store.DeleteAsync([path], TestWarehouse.Token);
        return 0;
    });

    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
