using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>
/// Where files are until they have been sent: a scratch folder, made when it is first needed. What a killed or a failed run leaves there is
/// removed by the next.
/// </summary>
/// <param name="store">Where the files go.</param>
/// <param name="parent">The folder in which it is made; null for where the store wants it.</param>
internal sealed class WorkFolder(IObjectStore store, string? parent = null) : IDisposable
{
    private const string Purpose = "delivery";

    private readonly Lazy<ScratchFolder> _folder = new(() => ScratchFolder.In(parent ?? store.WorkRoot, Purpose));

    /// <summary>Removes what earlier runs have left.</summary>
    /// <param name="store">Where their files went.</param>
    public static void RemoveAbandoned(IObjectStore store) => ScratchFolder.RemoveAbandoned(store.WorkRoot, Purpose);

    /// <summary>Works with files in the folder.</summary>
    /// <param name="work">The work; hears the path of the folder.</param>
    /// <exception cref="LoyaltyException"><c>DestinationDenied</c>, <c>DestinationUnavailable</c>, <c>FileInUse</c>: files cannot be
    /// written there.</exception>
    public async Task<T> RunAsync<T>(Func<string, Task<T>> work)
    {
        try
        {
            return await work(_folder.Value.Path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw LoyaltyErrors.DestinationDenied.Because(
                $"Files cannot be written in {parent ?? store.WorkRoot}: {exception.Message}", store.Location, cause: exception);
        }
        catch (IOException exception)
        {
            throw FileUse.ErrorOf(exception, parent ?? store.WorkRoot, "written")
                ?? LoyaltyErrors.DestinationUnavailable.Because(
                    $"Files cannot be written in {parent ?? store.WorkRoot}: {exception.Message}", store.Location, cause: exception);
        }
    }

    /// <summary>Removes what has not been sent, and the folder.</summary>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
            _folder.Value.Dispose();
    }
}
