SELECT epoch FROM progress
