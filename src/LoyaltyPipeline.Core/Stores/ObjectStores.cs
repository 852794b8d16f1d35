using LoyaltyPipeline.Core.Stores.Folder;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Stores;

/// <summary>Opens stores.</summary>
public static class ObjectStores
{
    /// <summary>Opens the store of a destination.</summary>
    /// <param name="destination">As <see cref="DestinationText.Resolve"/> gives it.</param>
    /// <param name="settings">How an S3 server is reached.</param>
    /// <returns>The store, to be disposed.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>DestinationInvalid</c>, <c>DestinationCredentialsMissing</c>.</exception>
    public static IObjectStore Open(string destination, S3Settings settings) =>
        DestinationText.IsS3(destination) ? new S3Store(destination, settings) : new FolderStore(destination);
}
