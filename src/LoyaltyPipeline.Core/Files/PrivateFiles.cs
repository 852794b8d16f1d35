using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// Files and folders that the module makes: what is in them may be personal data, so they are their owner's, and where an environment
/// variable says so their group's to read. What is there already keeps the mode it has. On Windows folders are made likewise, and files
/// have the access of the folder they are made in.
/// </summary>
internal static class PrivateFiles
{
    /// <summary>
    /// The environment variable that says who may read what the module makes: <c>owner</c>, which holds without it, or <c>group</c>.
    /// </summary>
    public const string Variable = "LOYALTY_FILE_ACCESS";

    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = Own | UnixFileMode.UserExecute;

    /// <summary>The mode of a file.</summary>
    /// <exception cref="LoyaltyException"><c>ConfigInvalid</c>: the variable says neither.</exception>
    public static UnixFileMode FileMode => ModesOf(Environment.GetEnvironmentVariable(Variable)).File;

    /// <summary>The modes of files and folders.</summary>
    /// <param name="access">What the environment variable says; null where it is not set.</param>
    /// <exception cref="LoyaltyException"><c>ConfigInvalid</c>: it says neither.</exception>
    public static (UnixFileMode File, UnixFileMode Folder) ModesOf(string? access) => access switch
    {
        null or "" or "owner" => (Own, OwnFolder),
        "group" => (Own | UnixFileMode.GroupRead, OwnFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute),
        _ => throw LoyaltyErrors.ConfigInvalid.Because(
            $"The environment variable {Variable} is '{access}'.", Variable,
            "Set it to owner or to group, or remove it: then files are their owner's alone."),
    };

    /// <summary>Makes a folder, and those above it that are not there.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            CreateFolder(parent);
        Create(path, ModesOf(Environment.GetEnvironmentVariable(Variable)).Folder);
    }

    /// <summary>Makes a folder that is its owner's alone, whatever the variable says, and those above it that are not there.</summary>
    public static void CreateOwnFolder(string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        Create(path, OwnFolder);
    }

    /// <summary>Makes a file.</summary>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <param name="options">How it is written.</param>
    /// <returns>The file, to be written.</returns>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream Create(string path, FileShare share = FileShare.None, FileOptions options = FileOptions.None)
    {
        const int BufferBytes = 1 << 16;
        var how = new FileStreamOptions
        {
            Mode = System.IO.FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = share,
            Options = options,
            BufferSize = BufferBytes,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = FileMode;
        return new FileStream(path, how);
    }

    // A group has no access of its own on Windows: there the folder above says who has.
    private static void Create(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(path, mode);
        else if (mode == OwnFolder)
            CreateOwnOnWindows(path);
        else
            Directory.CreateDirectory(path);
    }

    // Files in it have the same access, the machine's and the owner's, and nothing of the folder above counts. One that is there keeps its
    // access.
    [SupportedOSPlatform("windows")]
    private static void CreateOwnOnWindows(string path)
    {
        using var account = WindowsIdentity.GetCurrent();
        var access = new DirectorySecurity();
        access.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var who in new[] { account.User!, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, domainSid: null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, domainSid: null) })
            access.AddAccessRule(
                new FileSystemAccessRule(
                    who, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                    PropagationFlags.None, AccessControlType.Allow));
        new DirectoryInfo(path).Create(access);
    }

    /// <summary>Gives a file that is to take a place the mode of the one that is there, or else that of a new one.</summary>
    public static void Adopt(string path, string place)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.Exists(place) ? File.GetUnixFileMode(place) : FileMode);
    }
}
